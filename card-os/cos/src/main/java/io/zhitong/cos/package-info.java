/** The card operating system. */
@NullMarked
package io.zhitong.cos;

import org.jspecify.annotations.NullMarked;
