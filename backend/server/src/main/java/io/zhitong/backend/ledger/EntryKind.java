package io.zhitong.backend.ledger;

/** Why money moved (分录类型). */
public enum EntryKind {
    LOAD("充值", "load"),
    PURCHASE("消费", "purchase"),
    /** An amount set aside because its record cannot be trusted as it stands. */
    SUSPENSE("转入待查", "to suspense");

    private final String chinese;
    private final String english;

    EntryKind(String chinese, String english) {
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
