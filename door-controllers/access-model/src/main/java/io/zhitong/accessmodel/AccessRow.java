package io.zhitong.accessmodel;

import java.util.Arrays;

/**
 * A record of an access list read where it lies (门禁名单游标), for lists of a million: no value is made. Layout as of {@link
 * AccessRecord}, which must have checked the bytes, or {@link #canonical}. Used by one thread.
 */
public final class AccessRow {

    /** Bytes of a record without groups and carriers. */
    private static final int LEAST = 28;

    private static final int COUNT = 26;
    private static final int CARRIER = 3;
    private static final int ENDLESS = -1; // FFFFFFFF
    private static final boolean[] STATUS = codes(CredentialStatus.class);
    private static final boolean[] KINDS = codes(CarrierKind.class);
    private static final boolean[] LEVELS = codes(CarrierLevel.class);
    private static final int TRAITS =
            Arrays.stream(Trait.values()).mapToInt(Trait::bit).sum();

    private byte[] data = new byte[LEAST];
    private int at;

    private static <E extends Enum<E> & Coded> boolean[] codes(Class<E> type) {
        boolean[] known = new boolean[0x100];
        for (E constant : type.getEnumConstants()) {
            known[constant.code()] = true;
        }
        return known;
    }

    /** Lays this cursor on a record that begins there. */
    public AccessRow on(byte[] bytes, int from) {
        data = bytes;
        at = from;
        return this;
    }

    public long credential() {
        return (long) u32(0) << Integer.SIZE | Integer.toUnsignedLong(u32(4));
    }

    /** As a bit pattern of 32. */
    public int holder() {
        return u32(8);
    }

    /** Code of {@link CredentialStatus}. */
    public int status() {
        return u8(12);
    }

    /** Bit n = {@link Trait} with code n. */
    public int traits() {
        return u8(13);
    }

    /** Unix second as a bit pattern of 32. */
    public int from() {
        return u32(14);
    }

    /** Unix second as a bit pattern of 32, all ones = without end. */
    public int until() {
        return u32(18);
    }

    public int uses() {
        return u16(22);
    }

    public int leastCertificate() {
        return u16(24);
    }

    public int groups() {
        return u8(COUNT);
    }

    public int group(int index) {
        return u16(COUNT + 1 + 2 * index);
    }

    public int carriers() {
        return u8(carriersAt() - 1);
    }

    /** Where the first carrier begins: kind 1 ‖ level 1 ‖ length 1 ‖ value; counted from the record's first byte. */
    public int carriersAt() {
        return COUNT + 2 + 2 * groups();
    }

    /** One byte of the record, 0 … 255. */
    public int u8(int offset) {
        return data[at + offset] & 0xFF;
    }

    private int u16(int offset) {
        return u8(offset) << 8 | u8(offset + 1);
    }

    private int u32(int offset) {
        return u16(offset) << 16 | u16(offset + 2);
    }

    /** Whether {@link AccessRecord#decode} would take these bytes. */
    static boolean canonical(byte[] bytes, int from, int to) {
        if (to - from < LEAST || to - from > ListKind.ACCESS.maxRecordLength()) {
            return false;
        }
        AccessRow row = new AccessRow().on(bytes, from);
        boolean endless = row.until() == ENDLESS;
        return STATUS[row.status()]
                && (row.traits() & ~TRAITS) == 0
                && (endless || Integer.compareUnsigned(row.from(), row.until()) < 0)
                && row.groupsRise(to - from)
                && row.carriersRise(to - from);
    }

    private boolean groupsRise(int length) {
        if (groups() > AccessRecord.MAX_GROUPS || carriersAt() > length) {
            return false;
        }
        int before = 0;
        for (int i = 0; i < groups(); i++) {
            if (group(i) <= before) {
                return false;
            }
            before = group(i);
        }
        return true;
    }

    private boolean carriersRise(int length) {
        int next = carriersAt();
        int before = -1;
        for (int i = 0; i < carriers(); i++) {
            if (!carrierWithin(next, length) || before >= 0 && compareCarriers(before, next) >= 0) {
                return false;
            }
            before = next;
            next += CARRIER + u8(next + 2);
        }
        return carriers() <= AccessRecord.MAX_CARRIERS && next == length;
    }

    private boolean carrierWithin(int offset, int length) {
        return offset + CARRIER < length
                && KINDS[u8(offset)]
                && LEVELS[u8(offset + 1)]
                && u8(offset + 2) >= 1
                && u8(offset + 2) <= Carrier.MAX_VALUE
                && offset + CARRIER + u8(offset + 2) <= length;
    }

    private int compareCarriers(int one, int other) {
        int kindAndLevel = Integer.compare(u16(one), u16(other));
        return kindAndLevel != 0
                ? kindAndLevel
                : Arrays.compareUnsigned(
                        data,
                        at + one + CARRIER,
                        at + one + CARRIER + u8(one + 2),
                        data,
                        at + other + CARRIER,
                        at + other + CARRIER + u8(other + 2));
    }
}
