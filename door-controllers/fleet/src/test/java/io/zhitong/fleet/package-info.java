/** Tests of the simulated controllers. */
@NullMarked
package io.zhitong.fleet;

import org.jspecify.annotations.NullMarked;
