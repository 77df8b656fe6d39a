/** Tests of the link over real sockets. */
@NullMarked
package io.zhitong.link;

import org.jspecify.annotations.NullMarked;
