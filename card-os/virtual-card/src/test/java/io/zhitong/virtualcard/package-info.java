/** Tests of the card world and the shell. */
@NullMarked
package io.zhitong.virtualcard;

import org.jspecify.annotations.NullMarked;
