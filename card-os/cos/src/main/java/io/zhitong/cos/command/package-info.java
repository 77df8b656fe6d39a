/** Commands every card has: files, keys, authentication, secure messaging; one class each. */
@NullMarked
package io.zhitong.cos.command;

import org.jspecify.annotations.NullMarked;
