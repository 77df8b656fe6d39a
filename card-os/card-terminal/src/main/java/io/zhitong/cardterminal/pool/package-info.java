/** Several SAMs behind one terminal. */
@NullMarked
package io.zhitong.cardterminal.pool;

import org.jspecify.annotations.NullMarked;
