/** The door controller program. */
@NullMarked
package io.zhitong.controller;

import org.jspecify.annotations.NullMarked;
