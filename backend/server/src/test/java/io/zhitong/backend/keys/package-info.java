@NullMarked
package io.zhitong.backend.keys;

import org.jspecify.annotations.NullMarked;
