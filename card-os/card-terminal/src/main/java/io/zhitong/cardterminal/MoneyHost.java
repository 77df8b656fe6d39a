package io.zhitong.cardterminal;

import java.util.Optional;

/** Who holds the keys of the deposit (存折联机主机): answers a card that proved itself, and checks what it says afterwards. */
public interface MoneyHost {
    /** MAC2 (4 bytes) for a transaction whose MAC1 is right; empty if it is wrong. */
    Optional<byte[]> authorise(HostRecord transaction);

    /** Whether the TAC, or MAC3 of an unload, in the record is the card's. */
    boolean proofHolds(HostRecord transaction);
}
