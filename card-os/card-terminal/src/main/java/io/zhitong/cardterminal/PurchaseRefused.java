package io.zhitong.cardterminal;

/** Ends a sale before the PSAM was asked (拒绝消费). */
public final class PurchaseRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final PurchaseRefusal reason;

    public PurchaseRefused(PurchaseRefusal reason) {
        super(reason.en(), null, false, false);
        this.reason = reason;
    }

    /** Why, for the machine. */
    public PurchaseRefusal reason() {
        return reason;
    }
}
