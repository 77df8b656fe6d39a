/** The desk page (发卡台页面). */
@NullMarked
package io.zhitong.backend.cards.web;

import org.jspecify.annotations.NullMarked;
