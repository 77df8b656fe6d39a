/** Questions about keys that the backend answers (密钥分布命令): who holds which version, what falls if something is lost. */
@NullMarked
package io.zhitong.zt.keys;

import org.jspecify.annotations.NullMarked;
