/** UHPPOTE boards as a second kind of controller. */
@NullMarked
package io.zhitong.uhppote;

import org.jspecify.annotations.NullMarked;
