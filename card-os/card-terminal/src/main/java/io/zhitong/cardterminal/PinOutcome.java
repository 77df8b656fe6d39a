package io.zhitong.cardterminal;

/** How the change of a PIN ended (口令更改结果). */
public sealed interface PinOutcome {
    /** The new PIN is in force, with all its tries. */
    record Changed() implements PinOutcome {}

    /**
     * The old PIN is in force.
     *
     * @param triesLeft of the PIN where the card told, else −1
     * @param sw the card's status word, or 0
     */
    record Refused(PinRefusal reason, int triesLeft, int sw) implements PinOutcome {
        static Refused of(PinRefusal reason, int sw) {
            return new Refused(reason, reason == PinRefusal.PIN_WRONG ? sw & 0x0F : -1, sw);
        }
    }

    /** The card left after it was told to: lay the same card on again. */
    record InDoubt(PurseData card) implements PinOutcome {}
}
