/** Scripts of card commands with expected answers: told to virtual cards or a reader, recorded and replayed. */
@NullMarked
package io.zhitong.virtualcard.script;

import org.jspecify.annotations.NullMarked;
