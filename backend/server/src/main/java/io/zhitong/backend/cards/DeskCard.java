package io.zhitong.backend.cards;

import java.util.Optional;

/**
 * What lies on the desk's reader (台上的卡).
 *
 * @param chipId 16 hex digits, empty where unknown
 * @param holding the card as we issued it
 * @param holderName of the holding or of the order that was begun on this chip
 * @param balanceFen of the purse, −1 where there is none
 */
public record DeskCard(
        Kind kind, String chipId, Optional<CardHolding> holding, Optional<String> holderName, long balanceFen) {
    /** What it is to the clerk. */
    public enum Kind {
        /** The reader does not answer. */
        NO_READER,
        EMPTY,
        /** Somebody works with the card. */
        BUSY,
        /** Factory-fresh, or begun and not finished. */
        BLANK,
        /** An order was begun on it and not finished. */
        BEGUN,
        ISSUED,
        FOREIGN
    }

    static DeskCard of(Kind kind) {
        return new DeskCard(kind, "", Optional.empty(), Optional.empty(), -1);
    }

    /** Whether a card can be issued onto it. */
    public boolean writable() {
        return kind == Kind.BLANK || kind == Kind.BEGUN;
    }
}
