/** The settlement page (清算页面). */
@NullMarked
package io.zhitong.backend.settlement.web;

import org.jspecify.annotations.NullMarked;
