package io.zhitong.keyapi;

/** Where a thing in custody stands (保管状态). One byte on the wire and in the store, never reused. */
public enum CustodyState {
    HELD(1, "在保管", "held"),
    /** Its holder has given it away, the receiver has not confirmed yet. */
    OFFERED(2, "移交中", "being handed over"),
    LOST(3, "遗失", "lost"),
    DESTROYED(4, "已销毁", "destroyed");

    private final int code;
    private final String chinese;
    private final String english;

    CustodyState(int code, String chinese, String english) {
        this.code = code;
        this.chinese = chinese;
        this.english = english;
    }

    public int code() {
        return code;
    }

    public String chinese() {
        return chinese;
    }

    public String english() {
        return english;
    }

    /** Whether somebody has it. */
    public boolean there() {
        return this == HELD || this == OFFERED;
    }

    /** @throws KeyServiceException {@link KeyRefusal#MALFORMED} for an unknown code */
    public static CustodyState of(int code) {
        for (CustodyState state : values()) {
            if (state.code == code) {
                return state;
            }
        }
        throw Checks.malformed("unknown state of custody");
    }
}
