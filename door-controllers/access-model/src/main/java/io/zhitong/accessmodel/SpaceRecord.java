package io.zhitong.accessmodel;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;

/**
 * How many cars a holder may have in a lot at once (车位): holder 4 ‖ lot 2 ‖ spaces 1 ‖ kind 1. One space, several cars: as
 * many cars as the holder has, as many inside as there are spaces.
 *
 * @param holder as on the access list; {@link #ANYBODY} with kind TEMPORARY = the lot takes cars that nobody knows, as many as
 *     its area holds
 * @param lot 1 … 65535
 * @param spaces 0 … 255
 */
public record SpaceRecord(long holder, int lot, int spaces, SpaceKind spaceKind) implements ListRecord {

    public static final long ANYBODY = 0;

    public SpaceRecord {
        Bounds.u32(holder, "a holder");
        Bounds.id(lot, "a lot");
        Bounds.u8(spaces, "spaces");
    }

    @Override
    public ListKind kind() {
        return ListKind.SPACES;
    }

    @Override
    public byte[] canonical() {
        return new ByteWriter()
                .u32(holder)
                .u16(lot)
                .u8(spaces)
                .u8(spaceKind.code())
                .toByteArray();
    }

    /** @throws ModelException if the bytes are not a holder's spaces */
    public static SpaceRecord decode(byte[] bytes) {
        return Decoding.canonical(bytes, ListKind.SPACES, SpaceRecord::read);
    }

    private static SpaceRecord read(ByteReader in) {
        return new SpaceRecord(in.u32(), in.u16(), in.u8(), Coded.require(SpaceKind.class, in.u8()));
    }
}
