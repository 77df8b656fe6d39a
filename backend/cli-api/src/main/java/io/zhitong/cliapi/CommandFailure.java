package io.zhitong.cliapi;

import java.util.Objects;

/**
 * A command ends without success for a reason the user can act on (命令失败). {@code zt} prints the message as one line
 * on standard error and exits with {@link #status()}; no stack trace is shown.
 */
public final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitStatus status;

    /** @param message what was expected, what came, what to do; one line */
    public CommandFailure(ExitStatus status, String message) {
        super(message);
        this.status = Objects.requireNonNull(status);
    }

    /** As {@link #CommandFailure(ExitStatus, String)}, with the exception that led here. */
    public CommandFailure(ExitStatus status, String message, Throwable cause) {
        super(message, cause);
        this.status = Objects.requireNonNull(status);
    }

    /** The exit code to end with. */
    public ExitStatus status() {
        return status;
    }
}
