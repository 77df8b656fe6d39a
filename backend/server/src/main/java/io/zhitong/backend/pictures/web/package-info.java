/** The pages of the pictures (抓拍页面). */
@NullMarked
package io.zhitong.backend.pictures.web;

import org.jspecify.annotations.NullMarked;
