/** Tests of the card. */
@NullMarked
package io.zhitong.cos;

import org.jspecify.annotations.NullMarked;
