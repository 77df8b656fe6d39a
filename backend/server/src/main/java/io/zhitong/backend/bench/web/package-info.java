/** Page of the demo bench (演示台页面). */
@NullMarked
package io.zhitong.backend.bench.web;

import org.jspecify.annotations.NullMarked;
