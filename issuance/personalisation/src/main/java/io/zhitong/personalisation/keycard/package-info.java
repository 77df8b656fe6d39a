/** Key cards: what custodians carry. */
@NullMarked
package io.zhitong.personalisation.keycard;

import org.jspecify.annotations.NullMarked;
