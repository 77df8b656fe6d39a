package io.zhitong.accessmodel;

/** What a point moves (门点类型). */
public enum PointKind implements Coded {
    DOOR(1, "门", "door"),
    TURNSTILE(2, "闸机", "turnstile"),
    LIFT(3, "电梯", "lift"),
    LANE(4, "车道", "parking lane"),
    TILL(5, "收银台", "till"),
    DESK(6, "服务台", "service desk"),
    FACILITY(7, "设施", "facility");

    private final int code;
    private final String chinese;
    private final String english;

    PointKind(int code, String chinese, String english) {
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
