/** Cameras at doors: where a picture comes from, and taking one without holding up the door. */
@NullMarked
package io.zhitong.controller.camera;

import org.jspecify.annotations.NullMarked;
