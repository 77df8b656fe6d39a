@NullMarked
package io.zhitong.uhppote.message;

import org.jspecify.annotations.NullMarked;
