/** How fast the parts are, each beside the limit it is measured against (性能基准). */
@NullMarked
package io.zhitong.bench;

import org.jspecify.annotations.NullMarked;
