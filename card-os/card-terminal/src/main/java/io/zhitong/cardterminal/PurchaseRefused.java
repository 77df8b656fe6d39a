package io.zhitong.cardterminal;

/** Ends a sale before the PSAM was asked. */
final class PurchaseRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final PurchaseRefusal reason;

    PurchaseRefused(PurchaseRefusal reason) {
        super(reason.en(), null, false, false);
        this.reason = reason;
    }

    PurchaseRefusal reason() {
        return reason;
    }
}
