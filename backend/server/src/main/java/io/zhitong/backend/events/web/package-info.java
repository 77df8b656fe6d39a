/** The page of what is missing from journals (缺号页面). */
@NullMarked
package io.zhitong.backend.events.web;

import org.jspecify.annotations.NullMarked;
