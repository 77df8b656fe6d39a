/** Access lists, events and their canonical bytes. */
@NullMarked
package io.zhitong.accessmodel;

import org.jspecify.annotations.NullMarked;
