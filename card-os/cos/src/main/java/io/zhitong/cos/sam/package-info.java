/** The PSAM's commands: purchase on the terminal's side, delivered keys. */
@NullMarked
package io.zhitong.cos.sam;

import org.jspecify.annotations.NullMarked;
