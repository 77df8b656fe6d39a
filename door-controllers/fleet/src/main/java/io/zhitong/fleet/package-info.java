/** Thousands of simulated controllers in one process, on the real protocol (模拟设备群). */
@NullMarked
package io.zhitong.fleet;

import org.jspecify.annotations.NullMarked;
