/** Tests of the card world and the shell. */
@NullMarked
package io.zhitong.virtualcard.shell;

import org.jspecify.annotations.NullMarked;
