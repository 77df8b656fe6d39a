package io.zhitong.cardterminal;

/** How a try to load ended (圈存结果). */
public sealed interface LoadOutcome {
    /** The card's balance rose and its TAC holds. */
    record Loaded(LoadRecord record) implements LoadOutcome {}

    /** The card's balance is as before. {@code sw} is the card's status word, or 0. */
    record Refused(LoadRefusal reason, int sw) implements LoadOutcome {}

    /** The card left after MAC2 was sent to it: lay the same card on again. */
    record InDoubt(LoadRecord load) implements LoadOutcome {}
}
