/** The backend. */
@NullMarked
package io.zhitong.backend;

import org.jspecify.annotations.NullMarked;
