package io.zhitong.cardterminal.pool;

import io.zhitong.cardspec.CardChannel;

/** A place where a SAM lies (SAM 卡槽): its name for people, and the way to it. */
public record SamSlot(String name, CardChannel channel) {}
