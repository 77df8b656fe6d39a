package io.zhitong.accessmodel;

/** Standing mode of a point (门点模式). */
public enum PointMode implements Coded {
    NORMAL(0, "正常", "normal"),
    UNLOCKED(1, "常开", "held unlocked"),
    LOCKED(2, "常闭", "locked down");

    private final int code;
    private final String chinese;
    private final String english;

    PointMode(int code, String chinese, String english) {
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
