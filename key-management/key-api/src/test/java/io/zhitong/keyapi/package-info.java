@NullMarked
package io.zhitong.keyapi;

import org.jspecify.annotations.NullMarked;
