/** The terminal's side of every card transaction. */
@NullMarked
package io.zhitong.cardterminal;

import org.jspecify.annotations.NullMarked;
