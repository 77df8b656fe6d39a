package io.zhitong.keyapi;

/** Whether the vault can use its keys (密钥库状态). */
public enum VaultState {
    OPEN(1, "已开启", "open"),
    /** Waits for its quorum: no issuing, loading, TAC checks or signatures. */
    SEALED(2, "未开启", "sealed");

    private final int code;
    private final String chinese;
    private final String english;

    VaultState(int code, String chinese, String english) {
        this.code = code;
        this.chinese = chinese;
        this.english = english;
    }

    int code() {
        return code;
    }

    static VaultState of(int code) {
        return Checks.range("vault state", code, 1, 2) == OPEN.code ? OPEN : SEALED;
    }

    public String chinese() {
        return chinese;
    }

    public String english() {
        return english;
    }
}
