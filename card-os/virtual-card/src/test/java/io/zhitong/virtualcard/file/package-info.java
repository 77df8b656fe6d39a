/** Tests of the card world and its commands. */
@NullMarked
package io.zhitong.virtualcard.file;

import org.jspecify.annotations.NullMarked;
