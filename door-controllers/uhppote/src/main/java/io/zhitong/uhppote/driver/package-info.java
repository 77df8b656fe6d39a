/** Speaks to boards over UDP. */
@NullMarked
package io.zhitong.uhppote.driver;

import org.jspecify.annotations.NullMarked;
