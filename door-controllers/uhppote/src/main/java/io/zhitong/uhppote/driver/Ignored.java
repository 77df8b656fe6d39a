package io.zhitong.uhppote.driver;

/** Why a datagram was thrown away (丢弃原因). */
public enum Ignored {
    /** Not a message of these boards. */
    NO_MESSAGE,
    /** Nobody waits for this running number: late, doubled, or never asked. */
    NOT_ASKED,
    /** From an address that is not the board's. */
    FOREIGN_ADDRESS,
    /** From the board's address, of another board or about something else. */
    OTHER_BOARD
}
