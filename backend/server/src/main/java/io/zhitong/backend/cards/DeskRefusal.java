package io.zhitong.backend.cards;

/** The desk cannot do that (发卡台拒绝); the reason's key leads to words for the clerk. */
public final class DeskRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why, for the machine. */
    public enum Reason {
        NO_READER,
        NO_CARD,
        CARD_LEFT,
        CARD_FAILED,
        OTHER_CARD,
        NOT_BLANK,
        ORDER_ON_OTHER_CARD,
        CARD_NOT_OURS,
        CARD_DEFECT,
        HAS_CARD,
        NOT_RESIDENT,
        BAD_DATES,
        BAD_AMOUNT,
        STATUS_CHANGED,
        NOT_ACTIVE,
        VAULT_AWAY,
        VAULT_REFUSED,
        NOT_ISSUER,
        LOAD_REFUSED,
        LOAD_IN_DOUBT,
        LOAD_SETTLED,
        LEDGER_REFUSED
    }

    private final Reason reason;

    DeskRefusal(Reason reason) {
        super(reason.name());
        this.reason = reason;
    }

    DeskRefusal(Reason reason, Throwable cause) {
        super(reason.name() + ": " + cause.getMessage(), cause);
        this.reason = reason;
    }

    /** Why, for the machine. */
    public Reason reason() {
        return reason;
    }
}
