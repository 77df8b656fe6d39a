/** What every device program shares. */
@NullMarked
package io.zhitong.edge;

import org.jspecify.annotations.NullMarked;
