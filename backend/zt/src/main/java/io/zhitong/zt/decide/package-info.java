/** {@code zt decide}: one request decided and explained (判定演示). */
@NullMarked
package io.zhitong.zt.decide;

import org.jspecify.annotations.NullMarked;
