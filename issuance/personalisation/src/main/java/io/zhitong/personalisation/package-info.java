/** Card order to APDUs under secure messaging. */
@NullMarked
package io.zhitong.personalisation;

import org.jspecify.annotations.NullMarked;
