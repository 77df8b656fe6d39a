/** What the backend's tests share: both databases, a running program, a bounded wait. */
@NullMarked
package io.zhitong.backend.testing;

import org.jspecify.annotations.NullMarked;
