@NullMarked
package io.zhitong.backend.span.web;

import org.jspecify.annotations.NullMarked;
