/** What a card knows while it has power: profile, session, and the parts a command works with. */
@NullMarked
package io.zhitong.cos.state;

import org.jspecify.annotations.NullMarked;
