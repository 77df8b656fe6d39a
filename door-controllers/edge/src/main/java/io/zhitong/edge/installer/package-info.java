/** The page by which an installer puts a device into service (现场安装页面). */
@NullMarked
package io.zhitong.edge.installer;

import org.jspecify.annotations.NullMarked;
