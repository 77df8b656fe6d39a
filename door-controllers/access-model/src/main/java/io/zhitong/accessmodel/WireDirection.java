package io.zhitong.accessmodel;

/** Which way a wire's signal goes (接线方向). */
public enum WireDirection implements Coded {
    INPUT(0, "输入", "input"),
    OUTPUT(1, "输出", "output");

    private final int code;
    private final String chinese;
    private final String english;

    WireDirection(int code, String chinese, String english) {
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
