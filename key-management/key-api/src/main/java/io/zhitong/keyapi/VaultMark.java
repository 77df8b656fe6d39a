package io.zhitong.keyapi;

/** What a vault's masters are marked as (主密钥标记): every screen says so, and a backend in production refuses both marks. */
public enum VaultMark {
    NONE(0, "", ""),
    /** Its shares lie beside the store. */
    DEMO_QUORUM(1, "演示用分量", "DEMO QUORUM"),
    /** Made in a rehearsal of the ceremony. */
    REHEARSAL(2, "演练密钥", "REHEARSAL");

    private final int code;
    private final String chinese;
    private final String english;

    VaultMark(int code, String chinese, String english) {
        this.code = code;
        this.chinese = chinese;
        this.english = english;
    }

    int code() {
        return code;
    }

    static VaultMark of(int code) {
        return values()[Checks.range("vault mark", code, 0, values().length - 1)];
    }

    public String chinese() {
        return chinese;
    }

    public String english() {
        return english;
    }
}
