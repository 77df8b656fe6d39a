/** The vault's hash-chained audit. */
@NullMarked
package io.zhitong.keyvault.audit;

import org.jspecify.annotations.NullMarked;
