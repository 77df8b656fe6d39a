package io.zhitong.cardterminal;

/** The durable memory of loads (圈存流水); both calls return only when the bytes would survive a power cut. */
public interface LoadJournal {
    /** Called before MAC2 can leave: from here on the card may have been credited. */
    void intent(LoadRecord load);

    /** Called once the end is known; {@code credited} tells which. */
    void settled(LoadRecord load, boolean credited);
}
