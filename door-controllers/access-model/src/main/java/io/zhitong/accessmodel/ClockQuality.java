package io.zhitong.accessmodel;

/** How far a device trusts its own clock (时钟质量). */
public enum ClockQuality implements Coded {
    UNKNOWN(0, "未知", "never set since power-up"),
    HELD(1, "守时", "set before, running free"),
    SYNCHRONISED(2, "已同步", "agreed with the backend in this connection");

    private final int code;
    private final String chinese;
    private final String english;

    ClockQuality(int code, String chinese, String english) {
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
