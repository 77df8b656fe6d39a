package io.zhitong.uhppote.message;

import static io.zhitong.uhppote.message.FrameException.Reason.FUNCTION;

import java.util.Arrays;

/**
 * What a message asks for (功能号): the second byte of a frame.
 *
 * <p>Source: uhppote-core, messages/requests.go; names by its command line.
 */
public enum Function {
    GET_STATUS(0x20, true),
    SET_TIME(0x30, false),
    GET_TIME(0x32, true),
    OPEN_DOOR(0x40, false),
    PUT_CARD(0x50, true),
    DELETE_CARD(0x52, true),
    DELETE_ALL_CARDS(0x54, true),
    COUNT_CARDS(0x58, true),
    GET_CARD(0x5A, true),
    GET_CARD_AT(0x5C, true),
    SET_DOOR(0x80, true),
    GET_DOOR(0x82, true),
    SET_ANTI_PASSBACK(0x84, true),
    GET_ANTI_PASSBACK(0x86, true),
    SET_PROFILE(0x88, true),
    CLEAR_PROFILES(0x8A, true),
    SET_PASSCODES(0x8C, true),
    RECORD_SPECIAL_EVENTS(0x8E, true),
    SET_LISTENER(0x90, true),
    GET_LISTENER(0x92, true),
    GET_DEVICE(0x94, true),
    SET_ADDRESS(0x96, false),
    GET_PROFILE(0x98, true),
    SET_HOST_CONTROL(0xA0, true),
    SET_INTERLOCK(0xA2, true),
    ACTIVATE_KEYPADS(0xA4, true),
    CLEAR_TASKS(0xA6, true),
    ADD_TASK(0xA8, false),
    SET_FIRST_CARD(0xAA, true),
    REFRESH_TASKS(0xAC, true),
    GET_EVENT(0xB0, true),
    SET_EVENT_INDEX(0xB2, true),
    GET_EVENT_INDEX(0xB4, true),
    RESTORE_DEFAULTS(0xC8, false);

    private final int code;
    private final boolean repeatable;

    Function(int code, boolean repeatable) {
        this.code = code;
        this.repeatable = repeatable;
    }

    public int code() {
        return code;
    }

    /** Whether asking twice leaves the board as asking once does, so that a lost answer may be asked for again. */
    public boolean repeatable() {
        return repeatable;
    }

    /** @throws FrameException FUNCTION if no message of ours has this code */
    public static Function of(int code) {
        return Arrays.stream(values())
                .filter(each -> each.code == code)
                .findFirst()
                .orElseThrow(() -> new FrameException(FUNCTION, "a known function code"));
    }
}
