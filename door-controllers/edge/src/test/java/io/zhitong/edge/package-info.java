/** Tests of the device frame: real files, real processes. */
@NullMarked
package io.zhitong.edge;

import org.jspecify.annotations.NullMarked;
