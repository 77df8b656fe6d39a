package io.zhitong.cardreaders;

import io.zhitong.cardspec.CardChannel;

/** One power-up of one card (卡片会话); closing it takes the power away. */
public interface CardSession extends CardChannel, AutoCloseable {
    /** The card's answer to select (ATS), or its ATR on a contact reader. */
    byte[] ats();

    @Override
    void close();
}
