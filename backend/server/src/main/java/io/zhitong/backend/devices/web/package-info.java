/** The pages of devices (设备页面). */
@NullMarked
package io.zhitong.backend.devices.web;

import org.jspecify.annotations.NullMarked;
