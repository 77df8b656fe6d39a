/** What moves a lift besides relays of a board: the line to a dispatcher, and a simulated one. */
@NullMarked
package io.zhitong.controller.lift;

import org.jspecify.annotations.NullMarked;
