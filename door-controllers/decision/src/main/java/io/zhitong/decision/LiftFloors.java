package io.zhitong.decision;

import io.zhitong.accessmodel.FloorGroup;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HexFormat;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Floors that a lift may serve now, by door side (允许楼层): 256 front, 256 rear. Unchangeable. */
public final class LiftFloors {

    public static final LiftFloors NONE = new LiftFloors(new long[8]);

    private static final int REAR = FloorGroup.FLOORS;
    private static final LiftFloors[] SINGLE = singles();

    /** Every floor, by both doors. */
    public static final LiftFloors ALL = new LiftFloors(new long[] {-1, -1, -1, -1, -1, -1, -1, -1});

    private final long[] bits;

    private LiftFloors(long[] bits) {
        this.bits = bits;
    }

    private static LiftFloors[] singles() {
        LiftFloors[] all = new LiftFloors[2 * FloorGroup.FLOORS];
        for (int i = 0; i < all.length; i++) {
            long[] bits = new long[8];
            bits[i / Long.SIZE] = 1L << i % Long.SIZE;
            all[i] = new LiftFloors(bits);
        }
        return all;
    }

    static LiftFloors of(FloorGroup group) {
        long[] bits = new long[8];
        for (int floor = 0; floor < FloorGroup.FLOORS; floor++) {
            bits[floor / Long.SIZE] |= group.frontOpens(floor) ? 1L << floor % Long.SIZE : 0;
            bits[(REAR + floor) / Long.SIZE] |= group.rearOpens(floor) ? 1L << floor % Long.SIZE : 0;
        }
        return new LiftFloors(bits);
    }

    /** @param numbers floor indexes, of the rear door 256 more */
    public static LiftFloors of(Collection<Integer> numbers) {
        LiftFloors floors = NONE;
        for (int number : numbers) {
            floors = floors.and(SINGLE[number]);
        }
        return floors;
    }

    static LiftFloors only(Extras.Floor floor) {
        return SINGLE[index(floor.index(), floor.rear())];
    }

    private static int index(int floor, boolean rear) {
        return rear ? REAR + floor : floor;
    }

    /** Makes something new only where neither holds the other. */
    LiftFloors and(LiftFloors other) {
        if (holds(other)) {
            return this;
        }
        if (other.holds(this)) {
            return other;
        }
        long[] both = bits.clone();
        for (int i = 0; i < both.length; i++) {
            both[i] |= other.bits[i];
        }
        return new LiftFloors(both);
    }

    private boolean holds(LiftFloors other) {
        long missing = 0;
        for (int i = 0; i < bits.length; i++) {
            missing |= other.bits[i] & ~bits[i];
        }
        return missing == 0;
    }

    boolean has(Extras.Floor floor) {
        return holds(only(floor));
    }

    public boolean isEmpty() {
        return LongStream.of(bits).allMatch(word -> word == 0);
    }

    /** Bit f = floor index f. */
    public BitSet front() {
        return BitSet.valueOf(Arrays.copyOf(bits, 4));
    }

    /** Bit f = floor index f. */
    public BitSet rear() {
        return BitSet.valueOf(Arrays.copyOfRange(bits, 4, 8));
    }

    /** As a floor group holds them: front 32 bytes ‖ rear 32 bytes, bit 0 in the last byte of each; 128 hex digits. */
    public String hex() {
        StringBuilder hex = new StringBuilder();
        for (int side = 0; side < bits.length; side += bits.length / 2) {
            for (int word = bits.length / 2 - 1; word >= 0; word--) {
                hex.append(HexFormat.of().withUpperCase().toHexDigits(bits[side + word]));
            }
        }
        return hex.toString();
    }

    /** Rising; floor indexes, of the rear door 256 more. */
    public IntStream numbers() {
        return BitSet.valueOf(bits).stream();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LiftFloors that && Arrays.equals(bits, that.bits);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bits);
    }

    @Override
    public String toString() {
        return front() + "|" + rear();
    }
}
