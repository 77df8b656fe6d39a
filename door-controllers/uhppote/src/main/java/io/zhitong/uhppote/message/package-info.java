/** The messages of a UHPPOTE board, one class each: 64 bytes, little-endian. */
@NullMarked
package io.zhitong.uhppote.message;

import org.jspecify.annotations.NullMarked;
