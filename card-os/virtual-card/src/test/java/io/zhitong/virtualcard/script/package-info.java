/** Tests of the card world and its commands. */
@NullMarked
package io.zhitong.virtualcard.script;

import org.jspecify.annotations.NullMarked;
