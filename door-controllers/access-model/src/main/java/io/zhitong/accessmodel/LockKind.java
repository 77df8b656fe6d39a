package io.zhitong.accessmodel;

/** What a lock does without power (锁型). */
public enum LockKind implements Coded {
    FAIL_SECURE(0, "断电上锁", "fail-secure: locks"),
    FAIL_SAFE(1, "断电开锁", "fail-safe: unlocks");

    private final int code;
    private final String chinese;
    private final String english;

    LockKind(int code, String chinese, String english) {
        this.code = code;
        this.chinese = chinese;
        this.english = english;
    }

    @Override
    public int code() {
        return code;
    }

    @Override
    public String chinese() {
        return chinese;
    }

    @Override
    public String english() {
        return english;
    }
}
