/** Pages of the first set-up and of the users (首次设置与用户页面). */
@NullMarked
package io.zhitong.backend.setup.web;

import org.jspecify.annotations.NullMarked;
