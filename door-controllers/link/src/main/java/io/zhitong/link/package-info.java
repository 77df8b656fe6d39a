/** The controller protocol, both ends. */
@NullMarked
package io.zhitong.link;

import org.jspecify.annotations.NullMarked;
