package io.zhitong.backend.ledger;

/** What an account is for (账户类别), and on which side its balance normally stands. */
public enum AccountPurpose {
    /** What we owe the holders of purses, all cards together: issued float. */
    PURSE_FLOAT("钱包备付金", "purse float", Side.CREDIT),
    MERCHANT("商户", "merchant", Side.CREDIT),
    COMMUNITY("小区", "community", Side.CREDIT),
    /** City, bank or licensed partner. */
    PARTNER("合作方", "partner", Side.CREDIT),
    FEE("手续费", "fees", Side.CREDIT),
    /** Amounts that nobody is paid until somebody has decided. */
    SUSPENSE("待查", "suspense", Side.CREDIT),
    /** Purses of other issuers: their answer decides. */
    AWAITING_ISSUER("待发卡方确认", "awaiting issuer", Side.CREDIT),
    /** Cash taken at the desk. */
    CASH_DESK("柜台现金", "cash desk", Side.DEBIT);

    /** The side on which a balance is shown as a positive number. */
    public enum Side {
        DEBIT,
        CREDIT
    }

    private final String chinese;
    private final String english;
    private final Side side;

    AccountPurpose(String chinese, String english, Side side) {
        this.chinese = chinese;
        this.english = english;
        this.side = side;
    }

    public String chinese() {
        return chinese;
    }

    public String english() {
        return english;
    }

    public Side side() {
        return side;
    }
}
