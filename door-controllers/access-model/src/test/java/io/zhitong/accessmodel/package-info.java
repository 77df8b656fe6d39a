/** Tests of the canonical bytes. */
@NullMarked
package io.zhitong.accessmodel;

import org.jspecify.annotations.NullMarked;
