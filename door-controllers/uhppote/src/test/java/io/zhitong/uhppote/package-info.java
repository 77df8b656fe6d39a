@NullMarked
package io.zhitong.uhppote;

import org.jspecify.annotations.NullMarked;
