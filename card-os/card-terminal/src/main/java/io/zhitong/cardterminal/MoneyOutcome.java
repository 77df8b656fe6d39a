package io.zhitong.cardterminal;

/** How a transaction with the host ended (联机交易结果). */
public sealed interface MoneyOutcome {
    /** The card did it and its proof holds: only now may the other account be credited. */
    record Done(HostRecord record) implements MoneyOutcome {}

    /** The card is as before, unless the reason is PROOF_WRONG. {@code sw} is the card's status word, or 0. */
    record Refused(MoneyRefusal reason, int sw) implements MoneyOutcome {}

    /** The card left after MAC2 was sent to it: lay the same card on again. */
    record InDoubt(HostRecord record) implements MoneyOutcome {}
}
