package io.zhitong.decision;

import io.zhitong.accessmodel.AccessRow;
import io.zhitong.accessmodel.CarrierKind;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.Coded;
import io.zhitong.cardspec.CredentialNumber;
import java.util.Arrays;
import java.util.Optional;

/**
 * From what is presented (plate, legacy number, template …) to the credential it stands for (载体索引): open addressing over one
 * array of entries credential 8 ‖ kind 1 ‖ level 1 ‖ length 1 ‖ value. Unchangeable.
 */
final class CarrierIndex {

    private static final int HEAD = 11;
    private static final int CREDENTIAL = 8;
    private static final int EMPTY = -1;

    private final int[] slots;
    private final byte[] entries;

    private CarrierIndex(int[] slots, byte[] entries) {
        this.slots = slots;
        this.entries = entries;
    }

    Optional<Carried> find(CarrierKind kind, byte[] value) {
        for (int slot = place(slots, hash(kind.code(), value, 0, value.length)); ; slot = slot + 1 & slots.length - 1) {
            int at = slots[slot];
            if (at == EMPTY) {
                return Optional.empty();
            }
            if (entries[at + CREDENTIAL] == kind.code() && matches(at, value)) {
                return Optional.of(new Carried(
                        new CredentialNumber(number(entries, at)),
                        Coded.require(CarrierLevel.class, entries[at + CREDENTIAL + 1])));
            }
        }
    }

    private boolean matches(int at, byte[] value) {
        int from = at + HEAD;
        return entries[from - 1] == value.length
                && Arrays.equals(entries, from, from + value.length, value, 0, value.length);
    }

    private static long number(byte[] bytes, int at) {
        long number = 0;
        for (int i = 0; i < CREDENTIAL; i++) {
            number = number << Byte.SIZE | bytes[at + i] & 0xFF;
        }
        return number;
    }

    private static int hash(int kind, byte[] bytes, int from, int to) {
        int hash = kind;
        for (int i = from; i < to; i++) {
            hash = (hash ^ bytes[i]) * 0x01000193; // FNV-1
        }
        return hash;
    }

    private static int place(int[] slots, int hash) {
        int mixed = hash * 0x9E3779B9;
        return (mixed ^ mixed >>> 15) & slots.length - 1;
    }

    /** Collects the entries of a list, record by record (载体索引编译). */
    static final class Builder {
        private byte[] entries = new byte[64];
        private int size;
        private int count;

        void add(AccessRow row) {
            int next = row.carriersAt();
            for (int i = 0; i < row.carriers(); i++) {
                int length = row.u8(next + 2);
                if (!isOwnNumber(row, next, length)) {
                    entry(row, next, length);
                }
                next += length + 3;
            }
        }

        private static boolean isOwnNumber(AccessRow row, int carrier, int length) {
            if (row.u8(carrier) != CarrierKind.CARD.code() || length != CREDENTIAL) {
                return false;
            }
            long number = 0;
            for (int i = 0; i < CREDENTIAL; i++) {
                number = number << Byte.SIZE | row.u8(carrier + 3 + i);
            }
            return number == row.credential();
        }

        private void entry(AccessRow row, int carrier, int length) {
            int end = size + HEAD + length;
            if (end > entries.length) {
                entries = Arrays.copyOf(entries, Math.max(end, entries.length + (entries.length >> 1)));
            }
            for (int i = 0; i < CREDENTIAL; i++) {
                entries[size + i] = (byte) row.u8(i);
            }
            for (int i = 0; i < length + 3; i++) {
                entries[size + CREDENTIAL + i] = (byte) row.u8(carrier + i);
            }
            size = end;
            count++;
        }

        /** Of two credentials with one carrier the lower number has it, in whatever order they came. */
        CarrierIndex build() {
            byte[] all = Arrays.copyOf(entries, size);
            int[] slots = new int[Integer.highestOneBit(Math.max(count, 1)) << 2];
            Arrays.fill(slots, EMPTY);
            CarrierIndex index = new CarrierIndex(slots, all);
            for (int at = 0; at < size; at += HEAD + all[at + HEAD - 1]) {
                index.put(at);
            }
            return index;
        }
    }

    private void put(int at) {
        int slot = place(slots, hash(entries[at + CREDENTIAL], entries, at + HEAD, end(at)));
        while (slots[slot] != EMPTY && !sameCarrier(slots[slot], at)) {
            slot = slot + 1 & slots.length - 1;
        }
        if (slots[slot] == EMPTY || Long.compareUnsigned(number(entries, at), number(entries, slots[slot])) < 0) {
            slots[slot] = at;
        }
    }

    private int end(int at) {
        return at + HEAD + entries[at + HEAD - 1];
    }

    private boolean sameCarrier(int one, int other) {
        return entries[one + CREDENTIAL] == entries[other + CREDENTIAL]
                && Arrays.equals(entries, one + HEAD, end(one), entries, other + HEAD, end(other));
    }
}
