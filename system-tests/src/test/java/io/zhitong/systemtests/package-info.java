/** Whole processes against each other. */
@NullMarked
package io.zhitong.systemtests;

import org.jspecify.annotations.NullMarked;
