/** The page of foreign boards (外来控制板页面). */
@NullMarked
package io.zhitong.backend.boards.web;

import org.jspecify.annotations.NullMarked;
