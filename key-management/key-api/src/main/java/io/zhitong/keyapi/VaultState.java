package io.zhitong.keyapi;

/** Whether the vault can use its keys (密钥库状态). */
public enum VaultState {
    OPEN(1, "已开启", "open"),
    /** Waits for its quorum: no issuing, loading, TAC checks or settlement; lists, commands and machines go on. */
    SEALED(2, "未开启", "sealed"),
    /** No master keys were made yet; otherwise as sealed. */
    UNBORN(3, "未建主密钥", "without master keys"),
    /** Came from a backup: signs and issues nothing until it knows how far it had come. */
    RESTORED(4, "已恢复，待确认最新编号", "restored, waits for the newest number");

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
        Checks.range("vault state", code, 1, values().length);
        for (VaultState state : values()) {
            if (state.code == code) {
                return state;
            }
        }
        throw Checks.malformed("unknown vault state");
    }

    public String chinese() {
        return chinese;
    }

    public String english() {
        return english;
    }
}
