package io.zhitong.backend.ledger;

/** Why the ledger did not do what was asked (拒绝原因). */
public enum LedgerRefusal {
    UNKNOWN_ACCOUNT("没有这个账户", "there is no such account: open it first"),
    OTHER_CONTENT("同一业务号已按其他内容记账", "the business key was entered with other content"),
    DAY_NOT_OVER("该营业日尚未结束", "the business day is not over");

    private final String chinese;
    private final String english;

    LedgerRefusal(String chinese, String english) {
        this.chinese = chinese;
        this.english = english;
    }

    public String chinese() {
        return chinese;
    }

    public String english() {
        return english;
    }
}
