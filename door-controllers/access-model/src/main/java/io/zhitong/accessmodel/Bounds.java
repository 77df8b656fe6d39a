package io.zhitong.accessmodel;

import java.util.HashSet;
import java.util.List;

/** Ranges that the records of this package share (取值范围). */
final class Bounds {

    private static final long U32 = 0xFFFF_FFFFL;

    private Bounds() {}

    static void u8(int value, String what) {
        range(value, 0, 0xFF, what + " u8");
    }

    static void u16(int value, String what) {
        range(value, 0, 0xFFFF, what + " u16");
    }

    static void u32(long value, String what) {
        range(value, 0, U32, what + " u32");
    }

    /** An id on a list: u16, where 0 means none. */
    static void id(int value, String what) {
        range(value, 1, 0xFFFF, what + " id from 1 to 65535");
    }

    static void range(long value, long least, long most, String what) {
        ModelException.require(value >= least && value <= most, ModelException.Reason.RANGE, what);
    }

    static void distinct(List<?> items, String none) {
        ModelException.require(
                new HashSet<>(items).size() == items.size(), ModelException.Reason.ORDER, none + " twice");
    }
}
