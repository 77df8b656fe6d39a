/** The card world: the process in which virtual cards live. */
@NullMarked
package io.zhitong.virtualcard;

import org.jspecify.annotations.NullMarked;
