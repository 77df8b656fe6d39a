package io.zhitong.accessmodel;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import java.util.Collection;

/**
 * Floors that a lift serves together, by door side (楼层组): id 2 ‖ front 32 ‖ rear 32. Bit f = floor index f; bit 0 is the
 * least significant bit of the last byte.
 *
 * @param id 1 … 65535
 * @param front floors at which the front door opens, 32 bytes
 * @param rear the same of the rear door
 */
public record FloorGroup(int id, Octets front, Octets rear) implements ListRecord {

    public static final int FLOORS = 256;
    private static final int BYTES = FLOORS / Byte.SIZE;

    public FloorGroup {
        Bounds.id(id, "a floor group");
        front.expect(BYTES, "front floors");
        rear.expect(BYTES, "rear floors");
    }

    /** @param front floor indexes, 0 … 255 */
    public static FloorGroup of(int id, Collection<Integer> front, Collection<Integer> rear) {
        return new FloorGroup(id, bits(front), bits(rear));
    }

    private static Octets bits(Collection<Integer> floors) {
        byte[] bits = new byte[BYTES];
        for (int floor : floors) {
            Bounds.range(floor, 0, FLOORS - 1, "a floor index from 0 to 255");
            bits[BYTES - 1 - floor / Byte.SIZE] |= (byte) (1 << floor % Byte.SIZE);
        }
        return Octets.of(bits);
    }

    public boolean frontOpens(int floor) {
        return opens(front, floor);
    }

    public boolean rearOpens(int floor) {
        return opens(rear, floor);
    }

    private static boolean opens(Octets side, int floor) {
        Bounds.range(floor, 0, FLOORS - 1, "a floor index from 0 to 255");
        return (side.at(BYTES - 1 - floor / Byte.SIZE) >> floor % Byte.SIZE & 1) == 1;
    }

    @Override
    public ListKind kind() {
        return ListKind.FLOORS;
    }

    @Override
    public byte[] canonical() {
        return new ByteWriter()
                .u16(id)
                .bytes(front.toByteArray())
                .bytes(rear.toByteArray())
                .toByteArray();
    }

    /** @throws ModelException if the bytes are not a floor group */
    public static FloorGroup decode(byte[] bytes) {
        return Decoding.canonical(bytes, ListKind.FLOORS, FloorGroup::read);
    }

    private static FloorGroup read(ByteReader in) {
        return new FloorGroup(in.u16(), Octets.of(in.bytes(BYTES)), Octets.of(in.bytes(BYTES)));
    }
}
