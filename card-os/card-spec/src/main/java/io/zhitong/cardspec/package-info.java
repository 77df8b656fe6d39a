/** Commands, files, status words and cryptograms of the card. */
@NullMarked
package io.zhitong.cardspec;

import org.jspecify.annotations.NullMarked;
