package io.zhitong.keyapi;

/** A {@link CryptoModule} refused or failed; {@link #reason()} says why. Never carries key bytes or input. */
public final class ModuleException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ModuleRefusal reason;

    /** @param message what was expected, what came, what to do */
    public ModuleException(ModuleRefusal reason, String message) {
        super(reason.english() + ": " + message);
        this.reason = reason;
    }

    public ModuleException(ModuleRefusal reason, String message, Throwable cause) {
        super(reason.english() + ": " + message, cause);
        this.reason = reason;
    }

    public ModuleRefusal reason() {
        return reason;
    }
}
