package io.zhitong.backend.settlement;

/** A day was not settled (清算被拒). */
public final class SettlementException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final SettlementRefusal refusal;

    SettlementException(SettlementRefusal refusal) {
        super(refusal.english());
        this.refusal = refusal;
    }

    SettlementException(SettlementRefusal refusal, Throwable cause) {
        super(refusal.english(), cause);
        this.refusal = refusal;
    }

    public SettlementRefusal refusal() {
        return refusal;
    }
}
