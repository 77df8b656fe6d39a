/** SM2 machine certificates and TLS 1.3 with TLS_SM4_GCM_SM3. */
@NullMarked
package io.zhitong.machinetls;

import org.jspecify.annotations.NullMarked;
