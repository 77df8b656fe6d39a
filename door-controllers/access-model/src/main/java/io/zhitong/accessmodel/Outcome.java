package io.zhitong.accessmodel;

/** What a decision came to (通行结果). */
public enum Outcome implements Coded {
    DENIED(0, "拒绝", "denied"),
    GRANTED(1, "放行", "granted");

    private final int code;
    private final String chinese;
    private final String english;

    Outcome(int code, String chinese, String english) {
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
