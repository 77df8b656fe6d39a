@NullMarked
package io.zhitong.machinetls;

import org.jspecify.annotations.NullMarked;
