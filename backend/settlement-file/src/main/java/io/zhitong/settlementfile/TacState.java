package io.zhitong.settlementfile;

/** What the sender knows of a record's TAC (TAC 验证状态): one letter in the file. */
public enum TacState {
    /** The sender is the issuer and re-computed it. */
    V("已验证", "verified here"),
    /** The issuer is another party; its answer decides. */
    U("待发卡方验证", "unverified here");

    private final String chinese;
    private final String english;

    TacState(String chinese, String english) {
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
