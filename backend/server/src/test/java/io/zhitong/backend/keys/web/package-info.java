@NullMarked
package io.zhitong.backend.keys.web;

import org.jspecify.annotations.NullMarked;
