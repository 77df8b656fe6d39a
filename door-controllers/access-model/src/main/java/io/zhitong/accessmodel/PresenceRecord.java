package io.zhitong.accessmodel;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;

/**
 * Where the backend knows a person to be, told to all devices that share areas (区域在场): holder 4 ‖ area 2 ‖ since 4 ‖ as of 4.
 * Who is not on the list is nowhere known. Source: our profile, docs/link.md.
 *
 * @param holder as on the access list; {@link #EVERYBODY_ELSE} with area and since 0 says how old the knowledge of all others is
 * @param area the person is in, 0 = outside
 * @param sinceSecond Unix seconds of the passage that led there, u32
 * @param asOfSecond Unix seconds up to which the backend has heard all devices of the areas, u32; {@link #LIVE} = it hears them
 *     all, what is known is as old as the backend's last word
 */
public record PresenceRecord(long holder, int area, long sinceSecond, long asOfSecond) implements ListRecord {

    public static final long EVERYBODY_ELSE = 0;
    public static final long LIVE = 0xFFFF_FFFFL;

    public PresenceRecord {
        Bounds.u32(holder, "a holder");
        Bounds.u16(area, "an area");
        Bounds.u32(sinceSecond, "a time of passage");
        Bounds.u32(asOfSecond, "a time of knowledge");
        ModelException.require(
                holder != EVERYBODY_ELSE || area == 0 && sinceSecond == 0,
                ModelException.Reason.RANGE,
                "no place for everybody else");
    }

    @Override
    public ListKind kind() {
        return ListKind.PRESENCE;
    }

    @Override
    public byte[] canonical() {
        return new ByteWriter()
                .u32(holder)
                .u16(area)
                .u32(sinceSecond)
                .u32(asOfSecond)
                .toByteArray();
    }

    /** @throws ModelException if the bytes do not say where somebody is */
    public static PresenceRecord decode(byte[] bytes) {
        return Decoding.canonical(bytes, ListKind.PRESENCE, PresenceRecord::read);
    }

    private static PresenceRecord read(ByteReader in) {
        return new PresenceRecord(in.u32(), in.u16(), in.u32(), in.u32());
    }
}
