/** The page of the alarms (报警页面). */
@NullMarked
package io.zhitong.backend.alarms.web;

import org.jspecify.annotations.NullMarked;
