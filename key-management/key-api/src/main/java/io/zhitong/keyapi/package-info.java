/** What others may ask the vault, and its remote client. */
@NullMarked
package io.zhitong.keyapi;

import org.jspecify.annotations.NullMarked;
