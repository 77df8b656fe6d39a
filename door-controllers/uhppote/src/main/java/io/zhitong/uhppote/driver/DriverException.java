package io.zhitong.uhppote.driver;

import org.jspecify.annotations.Nullable;

/** A board could not be asked, or did not answer (通信失败). */
public final class DriverException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What happened. */
    public enum Reason {
        /** No answer within the time, asked as often as the message allows. Whether it was done is not known. */
        NO_ANSWER,
        /** The board answered something that is not the message's answer. */
        UNREADABLE,
        /** Too many questions wait for this board. */
        BUSY,
        /** The socket is closed or the network refuses. */
        NETWORK
    }

    private final Reason reason;

    public DriverException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
