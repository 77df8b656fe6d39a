package io.zhitong.keyapi;

/** What became of a proposal (指令状态). */
public enum ProposalState {
    WAITING(1, "待批准", "waiting"),
    /** Both have approved; the vault is about to do it and does it after a restart if it could not. */
    APPROVED(2, "已批准", "approved"),
    DONE(3, "已执行", "done"),
    FAILED(4, "执行失败", "failed"),
    EXPIRED(5, "已过期", "expired"),
    WITHDRAWN(6, "已撤回", "withdrawn");

    private final int code;
    private final String chinese;
    private final String english;

    ProposalState(int code, String chinese, String english) {
        this.code = code;
        this.chinese = chinese;
        this.english = english;
    }

    /** One byte on the wire and at rest; never reused. */
    public int code() {
        return code;
    }

    public String chinese() {
        return chinese;
    }

    public String english() {
        return english;
    }

    static ProposalState of(int code) {
        return values()[Checks.range("proposal state", code, 1, values().length) - 1];
    }
}
