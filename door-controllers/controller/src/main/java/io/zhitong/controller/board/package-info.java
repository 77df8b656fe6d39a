/** Boards with inputs and outputs: over TCP, on GPIO pins, simulated. */
@NullMarked
package io.zhitong.controller.board;

import org.jspecify.annotations.NullMarked;
