/** {@code zt card script}, {@code apdu} and {@code evidence}. */
@NullMarked
package io.zhitong.zt.card;

import org.jspecify.annotations.NullMarked;
