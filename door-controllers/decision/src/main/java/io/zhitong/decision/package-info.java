/** Who may pass, and why; pure. */
@NullMarked
package io.zhitong.decision;

import org.jspecify.annotations.NullMarked;
