package io.zhitong.cardterminal;

/**
 * The part of a PSAM that serves grey locks (灰锁安全模块), docs/card.md. The lock holds the module from {@link #beginLock()} to
 * {@link LockSession#close()}; the debit's MAC needs no session and may be asked much later. Thread-safe.
 */
public interface MeteredSam {
    /** Serial number of the module, 10 bytes. */
    byte[] serial();

    /** Number of the terminal, 6 bytes. */
    byte[] terminal();

    /** Waits for the module and holds it. */
    LockSession beginLock();

    /**
     * GMAC (4 bytes) that ends a lock made under this module's terminal number.
     *
     * @param lock as it was journalled
     * @param amount fen to be debited
     * @throws io.zhitong.cardspec.CardException when the module refuses or fails
     */
    byte[] debitMac(GreyLock lock, long amount);

    /** The module while one lock holds it. Used by one thread. */
    interface LockSession extends AutoCloseable {
        /** The terminal sequence that the next {@link #authorise} will give. */
        long nextSequence();

        /** Gives the next terminal sequence away; {@code demand} has the purse's balance as its amount. */
        LockAuthorisation authorise(PurchaseSam.Demand demand);

        /** Whether MAC2 of the lock with this terminal sequence is the card's; asked once. */
        PurchaseSam.Verdict confirm(long terminalSeq, byte[] mac2);

        @Override
        void close();
    }

    /** Terminal sequence, the terminal's random number (4 bytes) and MAC1 (4 bytes). */
    record LockAuthorisation(long terminalSeq, byte[] random, byte[] mac1) {}
}
