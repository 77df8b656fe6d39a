/** Page of the updates. */
@NullMarked
package io.zhitong.backend.updates.web;

import org.jspecify.annotations.NullMarked;
