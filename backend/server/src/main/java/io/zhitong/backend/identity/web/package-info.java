@NullMarked
package io.zhitong.backend.identity.web;

import org.jspecify.annotations.NullMarked;
