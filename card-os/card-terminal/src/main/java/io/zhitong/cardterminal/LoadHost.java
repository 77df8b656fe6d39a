package io.zhitong.cardterminal;

import java.util.Optional;

/** Who holds the load key (圈存主机): answers a card that proved itself, and checks what the card says afterwards. */
public interface LoadHost {
    /** MAC2 (4 bytes) for a load whose MAC1 is right; empty if it is wrong. */
    Optional<byte[]> authorise(LoadRecord load);

    /** Whether the TAC in the record is the card's. */
    boolean tacHolds(LoadRecord load);
}
