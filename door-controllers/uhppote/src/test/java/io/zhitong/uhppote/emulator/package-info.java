@NullMarked
package io.zhitong.uhppote.emulator;

import org.jspecify.annotations.NullMarked;
