/** SM2/SM3/SM4 and card DES, secrets, hash chain, byte reader and writer. */
@NullMarked
package io.zhitong.smcrypto;

import org.jspecify.annotations.NullMarked;
