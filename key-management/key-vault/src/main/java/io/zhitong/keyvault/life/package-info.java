/** The life of master keys (密钥生命周期): versions, states, import and export, as functions over what the store holds. */
@NullMarked
package io.zhitong.keyvault.life;

import org.jspecify.annotations.NullMarked;
