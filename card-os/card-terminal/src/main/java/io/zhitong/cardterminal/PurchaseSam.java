package io.zhitong.cardterminal;

import io.zhitong.cardspec.CardTime;
import io.zhitong.cardspec.TransactionType;

/**
 * What proves to a card that a purchase is allowed, and to the terminal that the card is genuine (消费安全模块): a PSAM,
 * or something that stands for one.
 *
 * <p>One purchase holds the module from {@link #begin()} to {@link Session#close()}: nothing may stand between the two
 * commands of one purchase. Thread-safe; a second purchase waits.
 */
public interface PurchaseSam {
    /** Serial number of the module, 10 bytes. */
    byte[] serial();

    /** Number of the terminal, 6 bytes. */
    byte[] terminal();

    /** Waits for the module and holds it. */
    Session begin();

    /** The module while one purchase holds it. Used by one thread. */
    interface Session extends AutoCloseable {
        /** The terminal sequence that the next {@link #authorise} will give. */
        long nextSequence();

        /**
         * Gives the next terminal sequence away and answers MAC1; the number is used up whatever follows.
         *
         * @throws io.zhitong.cardspec.CardException when the module refuses or fails
         */
        Authorisation authorise(Demand demand);

        /** Whether MAC2 of the purchase with this terminal sequence is the card's; asked once. */
        Verdict confirm(long terminalSeq, byte[] mac2);

        @Override
        void close();
    }

    /** What INIT SAM FOR PURCHASE is told; amount in fen, {@code serial} the card's key factor of 8 bytes. */
    record Demand(
            byte[] random,
            int offlineSeq,
            long amount,
            TransactionType type,
            CardTime time,
            int keyVersion,
            int algorithm,
            byte[] serial) {}

    /** Terminal sequence and MAC1 (4 bytes). */
    record Authorisation(long terminalSeq, byte[] mac1) {}

    /** What the module says about a card's MAC2. */
    enum Verdict {
        GENUINE,
        WRONG,
        /** The module has moved on since: it cannot check this purchase any more. */
        CANNOT_TELL
    }
}
