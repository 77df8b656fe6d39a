package io.zhitong.backend.bench;

/** The bench does not do what was asked (演示台拒绝). */
public final class BenchRefusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why; the page shows the message {@code bench.refused.REASON}. */
    public enum Reason {
        BAD_NAME,
        UNKNOWN_PROFILE,
        BAD_OPERATION,
        BAD_AMOUNT
    }

    private final Reason reason;

    BenchRefusal(Reason reason) {
        super("refused: " + reason);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
