/** Readers behind CardChannel. */
@NullMarked
package io.zhitong.cardreaders;

import org.jspecify.annotations.NullMarked;
