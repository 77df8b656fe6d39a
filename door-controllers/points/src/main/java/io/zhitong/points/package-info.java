/** State machines of door, lift and lane; pure. */
@NullMarked
package io.zhitong.points;

import org.jspecify.annotations.NullMarked;
