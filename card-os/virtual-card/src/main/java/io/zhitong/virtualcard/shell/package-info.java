/** {@code zt card shell}: a card on standard input and output. */
@NullMarked
package io.zhitong.virtualcard.shell;

import org.jspecify.annotations.NullMarked;
