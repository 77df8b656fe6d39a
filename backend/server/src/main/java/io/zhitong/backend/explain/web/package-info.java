/** The page that answers "why?" (为什么页面). */
@NullMarked
package io.zhitong.backend.explain.web;

import org.jspecify.annotations.NullMarked;
