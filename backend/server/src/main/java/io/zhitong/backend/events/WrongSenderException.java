package io.zhitong.backend.events;

/** A device sent a record that is not of its own journal; nothing of the batch is stored. */
public final class WrongSenderException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WrongSenderException(String message) {
        super(message);
    }
}
