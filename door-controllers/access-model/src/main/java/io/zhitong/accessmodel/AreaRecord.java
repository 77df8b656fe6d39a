package io.zhitong.accessmodel;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;

/**
 * A part of the estate that people are in or out of (区域): area 2 ‖ anti-passback 1 ‖ minutes 2 ‖ capacity 4 ‖ partition 1 ‖
 * staleness 2 ‖ name length 2 ‖ name. Source: our profile, docs/link.md.
 *
 * @param area 1 … 65535; 0 is outside and has no record
 * @param minutes how long a passage counts, for {@link AntiPassback#TIMED}
 * @param capacity how many persons may be inside at most, 0 = no limit
 * @param partition what to do when what is known is older than {@code stalenessSeconds}
 * @param name at most 64 bytes of UTF-8
 */
public record AreaRecord(
        int area,
        AntiPassback antiPassback,
        int minutes,
        long capacity,
        StalePolicy partition,
        int stalenessSeconds,
        String name)
        implements ListRecord {

    public AreaRecord {
        Bounds.id(area, "an area");
        Bounds.u16(minutes, "minutes");
        Bounds.u32(capacity, "a capacity");
        Bounds.u16(stalenessSeconds, "a staleness in seconds");
        Decoding.text(name, Decoding.MAX_NAME, "an area's name");
    }

    @Override
    public ListKind kind() {
        return ListKind.AREAS;
    }

    @Override
    public byte[] canonical() {
        return new ByteWriter()
                .u16(area)
                .u8(antiPassback.code())
                .u16(minutes)
                .u32(capacity)
                .u8(partition.code())
                .u16(stalenessSeconds)
                .text(name)
                .toByteArray();
    }

    /** @throws ModelException if the bytes are not the canonical form of an area */
    public static AreaRecord decode(byte[] bytes) {
        return Decoding.canonical(bytes, ListKind.AREAS, AreaRecord::read);
    }

    private static AreaRecord read(ByteReader in) {
        return new AreaRecord(
                in.u16(),
                Coded.require(AntiPassback.class, in.u8()),
                in.u16(),
                in.u32(),
                Coded.require(StalePolicy.class, in.u8()),
                in.u16(),
                in.text());
    }
}
