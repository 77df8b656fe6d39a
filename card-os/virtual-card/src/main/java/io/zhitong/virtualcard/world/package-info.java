/** {@code zt card serve}: the card world, its readers and its building. */
@NullMarked
package io.zhitong.virtualcard.world;

import org.jspecify.annotations.NullMarked;
