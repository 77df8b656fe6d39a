package io.zhitong.keyapi;

/** Where a master key stands in its life (密钥生命周期状态). */
public enum KeyState {
    PRE_ACTIVE(1, false, "未启用", "pre-active"),
    ACTIVE(2, true, "使用中", "active"),
    SUSPENDED(3, false, "暂停", "suspended"),
    /** No new cards and nothing newly encrypted, but what lies on cards is still verified and loaded, and data are still read. */
    RETIRED(4, false, "停发", "retired"),
    COMPROMISED(5, false, "已泄露", "compromised"),
    DESTROYED(6, false, "已销毁", "destroyed");

    private final int code;
    private final boolean issues;
    private final String chinese;
    private final String english;

    KeyState(int code, boolean issues, String chinese, String english) {
        this.code = code;
        this.issues = issues;
        this.chinese = chinese;
        this.english = english;
    }

    /** One byte on the wire and in the store; never reused. */
    public int code() {
        return code;
    }

    /** Whether the operation is done with a key in this state. */
    public boolean allows(KeyOperation operation) {
        return issues || this == RETIRED && !operation.beginsSomething();
    }

    /** Whether a key in this state may be brought into the other one; the table is in docs/keys.md. */
    public boolean mayBecome(KeyState next) {
        return switch (this) {
            case PRE_ACTIVE -> next == ACTIVE || next == COMPROMISED || next == DESTROYED;
            case ACTIVE -> next == SUSPENDED || next == RETIRED || next == COMPROMISED;
            case SUSPENDED -> next == ACTIVE || next == RETIRED || next == COMPROMISED;
            case RETIRED -> next == COMPROMISED || next == DESTROYED;
            case COMPROMISED -> next == DESTROYED;
            case DESTROYED -> false;
        };
    }

    public String chinese() {
        return chinese;
    }

    public String english() {
        return english;
    }

    /**
     * The state of a code.
     *
     * @throws KeyServiceException {@link KeyRefusal#MALFORMED} for an unknown one
     */
    public static KeyState of(int code) {
        for (KeyState state : values()) {
            if (state.code == code) {
                return state;
            }
        }
        throw Checks.malformed("unknown key state");
    }
}
