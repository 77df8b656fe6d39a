/** Format, signer and verifier of partner files. */
@NullMarked
package io.zhitong.settlementfile;

import org.jspecify.annotations.NullMarked;
