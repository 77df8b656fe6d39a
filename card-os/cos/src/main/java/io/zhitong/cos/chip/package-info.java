/** The chip below the card: memory with power cuts, and the journal that makes every change atomic. */
@NullMarked
package io.zhitong.cos.chip;

import org.jspecify.annotations.NullMarked;
