package io.zhitong.uhppote.emulator;

import java.time.ZoneId;

/**
 * What an emulated board is (模拟板配置).
 *
 * @param cards how many cards it has room for
 * @param events how many events it keeps
 * @param lastIndex highest event index, the next is 1
 * @param zone where its clock hangs before it is set
 */
public record BoardIdentity(long serial, int cards, int events, long lastIndex, ZoneId zone) {

    /** A board of the usual size. */
    public static BoardIdentity usual(long serial, ZoneId zone) {
        return new BoardIdentity(serial, 20_000, 100_000, 0xFFFF_FFFEL, zone);
    }
}
