/** Pages of the drills (演练页面). */
@NullMarked
package io.zhitong.backend.drill.web;

import org.jspecify.annotations.NullMarked;
