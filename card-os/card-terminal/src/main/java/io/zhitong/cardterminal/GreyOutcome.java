package io.zhitong.cardterminal;

/** How a try to lock a purse ended (灰锁结果). */
public sealed interface GreyOutcome {
    /** The purse is locked and the PSAM confirmed the card: the service may begin. */
    record Locked(GreyLock lock) implements GreyOutcome {}

    /** No service. {@code sw} is the card's status word, or 0. */
    record Refused(PurchaseRefusal reason, int sw) implements GreyOutcome {}

    /** The card left when it was told to lock, or the PSAM failed before it confirmed: lay the same card on again. No service. */
    record InDoubt(GreyLock lock) implements GreyOutcome {}
}
