/** {@code zt keys card}: key cards and SAMs made through a reader. */
@NullMarked
package io.zhitong.zt.keycard;

import org.jspecify.annotations.NullMarked;
