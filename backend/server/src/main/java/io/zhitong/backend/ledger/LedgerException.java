package io.zhitong.backend.ledger;

/** The ledger refuses (账本拒绝); nothing was entered. */
public final class LedgerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final LedgerRefusal refusal;

    LedgerException(LedgerRefusal refusal, String what) {
        super(refusal.english() + ": " + what);
        this.refusal = refusal;
    }

    public LedgerRefusal refusal() {
        return refusal;
    }
}
