/** The command line. */
@NullMarked
package io.zhitong.zt;

import org.jspecify.annotations.NullMarked;
