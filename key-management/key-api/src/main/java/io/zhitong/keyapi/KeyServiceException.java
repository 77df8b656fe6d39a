package io.zhitong.keyapi;

/** The vault refused or could not be reached; {@link #reason()} says why. Never carries key bytes or input. */
public final class KeyServiceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final KeyRefusal reason;

    public KeyServiceException(KeyRefusal reason, String message) {
        super(reason.english() + ": " + message);
        this.reason = reason;
    }

    public KeyServiceException(KeyRefusal reason, String message, Throwable cause) {
        super(reason.english() + ": " + message, cause);
        this.reason = reason;
    }

    public KeyRefusal reason() {
        return reason;
    }
}
