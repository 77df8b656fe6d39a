/** What a transaction costs on the air, on the contacts of a SAM and in the chip: counted, then modelled. */
@NullMarked
package io.zhitong.cardterminal.air;

import org.jspecify.annotations.NullMarked;
