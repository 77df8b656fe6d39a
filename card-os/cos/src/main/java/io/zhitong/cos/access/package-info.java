/** The access application's commands: key pair, fast, sealed, private, distance. */
@NullMarked
package io.zhitong.cos.access;

import org.jspecify.annotations.NullMarked;
