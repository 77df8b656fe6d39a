@NullMarked
package io.zhitong.uhppote.driver;

import org.jspecify.annotations.NullMarked;
