/** The home of masters of 3DES in a PKCS#11 token. */
@NullMarked
package io.zhitong.keyvault.module.pkcs11;

import org.jspecify.annotations.NullMarked;
