/** Shares of the vault's master and how many of them open it. */
@NullMarked
package io.zhitong.keyvault.quorum;

import org.jspecify.annotations.NullMarked;
