/** A board of four doors, played by a program: for tests and for trying out. */
@NullMarked
package io.zhitong.uhppote.emulator;

import org.jspecify.annotations.NullMarked;
