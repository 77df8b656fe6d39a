package io.zhitong.accessmodel;

/** By what right a car parks (车位类型). */
public enum SpaceKind implements Coded {
    MONTHLY(1, "月租", "monthly"),
    OWNED(2, "产权", "owned"),
    TEMPORARY(3, "临时", "temporary"),
    VISITOR(4, "访客", "visitor");

    private final int code;
    private final String chinese;
    private final String english;

    SpaceKind(int code, String chinese, String english) {
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
