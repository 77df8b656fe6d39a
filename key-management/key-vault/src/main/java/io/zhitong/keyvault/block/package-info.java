/** Key blocks (密钥块): how a key travels between vaults, hardware modules and card factories; docs/keys.md, "Key blocks". */
@NullMarked
package io.zhitong.keyvault.block;

import org.jspecify.annotations.NullMarked;
