/** The page of the roll call (点名页面). */
@NullMarked
package io.zhitong.backend.presence.web;

import org.jspecify.annotations.NullMarked;
