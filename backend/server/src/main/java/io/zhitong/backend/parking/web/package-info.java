/** The page of parking lots (车场页面). */
@NullMarked
package io.zhitong.backend.parking.web;

import org.jspecify.annotations.NullMarked;
