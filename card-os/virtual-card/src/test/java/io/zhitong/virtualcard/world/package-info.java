/** Tests of the card world and the shell. */
@NullMarked
package io.zhitong.virtualcard.world;

import org.jspecify.annotations.NullMarked;
