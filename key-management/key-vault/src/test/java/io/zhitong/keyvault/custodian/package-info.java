@NullMarked
package io.zhitong.keyvault.custodian;

import org.jspecify.annotations.NullMarked;
