/** {@code zt vectors check}: runs published test vectors (测试向量) against the formulas and the terminal's side. */
@NullMarked
package io.zhitong.zt.vectors;

import org.jspecify.annotations.NullMarked;
