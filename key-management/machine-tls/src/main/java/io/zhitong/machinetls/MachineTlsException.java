package io.zhitong.machinetls;

/** A machine's certificate, request, key file or context cannot be used; {@link #reason()} says why. */
public final class MachineTlsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final MachineTlsError reason;

    public MachineTlsException(MachineTlsError reason, String message) {
        super(reason.english() + ": " + message);
        this.reason = reason;
    }

    public MachineTlsException(MachineTlsError reason, String message, Throwable cause) {
        super(reason.english() + ": " + message, cause);
        this.reason = reason;
    }

    public MachineTlsError reason() {
        return reason;
    }
}
