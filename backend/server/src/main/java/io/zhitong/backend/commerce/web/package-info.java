/** The ledger page (账本页面). */
@NullMarked
package io.zhitong.backend.commerce.web;

import org.jspecify.annotations.NullMarked;
