/** Tests of the chip. */
@NullMarked
package io.zhitong.cos.chip;

import org.jspecify.annotations.NullMarked;
