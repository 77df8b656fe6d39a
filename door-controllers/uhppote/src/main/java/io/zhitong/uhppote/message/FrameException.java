package io.zhitong.uhppote.message;

/** A datagram or value that is not a message of such a board (报文错误). The text never repeats the input. */
public final class FrameException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What is wrong. */
    public enum Reason {
        /** Not 64 bytes. */
        LENGTH,
        /** The first byte is no message type of these boards. */
        TYPE,
        /** Another function than the one expected. */
        FUNCTION,
        /** From or for another board. */
        SERIAL,
        /** A field outside its range. */
        VALUE
    }

    private final Reason reason;

    public FrameException(Reason reason, String expected) {
        super("expected " + expected);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    static void require(boolean holds, Reason reason, String expected) {
        if (!holds) {
            throw new FrameException(reason, expected);
        }
    }

    /** Refuses a value outside {@code least … most}. */
    static void range(long value, long least, long most, String what) {
        require(value >= least && value <= most, Reason.VALUE, what + " from " + least + " to " + most);
    }
}
