/** The pages of the register of devices (设备档案页面). */
@NullMarked
package io.zhitong.backend.register.web;

import org.jspecify.annotations.NullMarked;
