/** {@code zt card new} and {@code zt card dump}: cards as files. */
@NullMarked
package io.zhitong.virtualcard.file;

import org.jspecify.annotations.NullMarked;
