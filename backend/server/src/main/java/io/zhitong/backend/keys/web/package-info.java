/** Rotation and blast radius as JSON, for the console and for {@code zt keys} (密钥分布接口). */
@NullMarked
package io.zhitong.backend.keys.web;

import org.jspecify.annotations.NullMarked;
