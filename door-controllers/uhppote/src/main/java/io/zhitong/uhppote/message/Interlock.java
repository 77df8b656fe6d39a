package io.zhitong.uhppote.message;

import static io.zhitong.uhppote.message.FrameException.Reason.VALUE;

import java.util.Arrays;

/** Which doors of a board are never open together (互锁方式). Source: uhppoted-lib-python, README. */
public enum Interlock {
    NONE(0, new int[] {0, 0, 0, 0}),
    DOORS_12(1, new int[] {1, 1, 0, 0}),
    DOORS_34(2, new int[] {0, 0, 2, 2}),
    DOORS_12_AND_34(3, new int[] {1, 1, 2, 2}),
    DOORS_123(4, new int[] {1, 1, 1, 0}),
    DOORS_1234(8, new int[] {1, 1, 1, 1});

    private final int code;
    private final int[] groups;

    Interlock(int code, int[] groups) {
        this.code = code;
        this.groups = groups;
    }

    public int code() {
        return code;
    }

    /** Whether one of two doors waits for the other. */
    public boolean couples(int door, int other) {
        return door != other && groups[door - 1] != 0 && groups[door - 1] == groups[other - 1];
    }

    /** @throws FrameException VALUE if no mode has this code */
    public static Interlock of(int code) {
        return Arrays.stream(values())
                .filter(each -> each.code == code)
                .findFirst()
                .orElseThrow(() -> new FrameException(VALUE, "an interlock of 0 to 4 or 8"));
    }
}
