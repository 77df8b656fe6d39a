package io.zhitong.uhppote.message;

import static io.zhitong.uhppote.message.FrameException.Reason.VALUE;

/** Which readers of a board are in and out of each other (反潜回方式). Source: uhppoted-lib-python, README. */
public enum AntiPassback {
    OFF,
    /** 1 in, 2 out; 3 in, 4 out. */
    PAIRS,
    /** 1 and 3 in, 2 and 4 out. */
    ODD_EVEN,
    /** 1 in, 2 and 3 out. */
    ONE_TO_TWO,
    /** 1 in, 2, 3 and 4 out. */
    ONE_TO_THREE;

    /** Whether a reader lets people in; the others let them out. */
    public boolean entry(int door) {
        return this == PAIRS || this == ODD_EVEN ? door % 2 != 0 : door == 1;
    }

    /** The area a reader belongs to, 0 = none. */
    public int area(int door) {
        return switch (this) {
            case OFF -> 0;
            case PAIRS -> door <= 2 ? 1 : 2;
            case ODD_EVEN, ONE_TO_THREE -> 1;
            case ONE_TO_TWO -> door <= 3 ? 1 : 0;
        };
    }

    public int code() {
        return ordinal();
    }

    /** @throws FrameException VALUE if no mode has this code */
    public static AntiPassback of(int code) {
        FrameException.require(code >= 0 && code < values().length, VALUE, "an anti-passback mode from 0 to 4");
        return values()[code];
    }
}
