package io.zhitong.cardterminal;

/** The durable memory of host transactions (联机交易流水); both calls return only when the bytes would survive a power cut. */
public interface MoneyJournal {
    /** Called before MAC2 can leave: from here on the card may have done it. */
    void intent(HostRecord transaction);

    /** Called once the end is known; {@code done} tells which. */
    void settled(HostRecord transaction, boolean done);
}
