/** The pages of the keys, and rotation and blast radius as JSON for {@code zt keys} (密钥页面). */
@NullMarked
package io.zhitong.backend.keys.web;

import org.jspecify.annotations.NullMarked;
