/** Custodians, their PINs, and orders that need two of them. */
@NullMarked
package io.zhitong.keyvault.custodian;

import org.jspecify.annotations.NullMarked;
