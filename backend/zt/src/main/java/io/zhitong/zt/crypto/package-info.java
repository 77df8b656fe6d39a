/** {@code zt crypto}: the formulas of keys step by step, with test keys (测试密钥) only. */
@NullMarked
package io.zhitong.zt.crypto;

import org.jspecify.annotations.NullMarked;
