package io.zhitong.uhppote.message;

import static io.zhitong.uhppote.message.FrameException.Reason.VALUE;

/** Standing mode of a door (门控方式). */
public enum DoorControl {
    NORMALLY_OPEN(1),
    NORMALLY_CLOSED(2),
    CONTROLLED(3),
    /** Only behind a first card: {@link SetFirstCard}. */
    FIRST_CARD_ONLY(4);

    private final int code;

    DoorControl(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** @throws FrameException VALUE if no mode has this code */
    public static DoorControl of(int code) {
        FrameException.require(code >= 1 && code <= values().length, VALUE, "a door control from 1 to 4");
        return values()[code - 1];
    }
}
