@NullMarked
package io.zhitong.backend.wall.web;

import org.jspecify.annotations.NullMarked;
