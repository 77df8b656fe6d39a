/** The payment terminal program. */
@NullMarked
package io.zhitong.pos;

import org.jspecify.annotations.NullMarked;
