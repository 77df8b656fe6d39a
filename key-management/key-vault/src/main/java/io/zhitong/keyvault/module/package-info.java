/** Where keys are used: the homes of the crypto module. */
@NullMarked
package io.zhitong.keyvault.module;

import org.jspecify.annotations.NullMarked;
