package io.zhitong.backend.access;

import io.zhitong.accessmodel.Coded;

/** What a policy is made of (策略条目类型). */
public enum ItemKind implements Coded {
    GROUP(1, 1_000, "人员组", "people group"),
    RULE(2, 5_000, "规则", "rule"),
    SCHEDULE(3, 1_000, "时段", "schedule"),
    HOLIDAY(4, 1_000, "节假日", "holiday"),
    AREA(5, 1_000, "区域", "area"),
    FLOORS(6, 1_000, "楼层组", "floor group"),
    POINT(7, 5_000, "门点", "point"),
    WIRE(8, 20_000, "接线", "wire");

    private final int code;
    private final int most;
    private final String chinese;
    private final String english;

    ItemKind(int code, int most, String chinese, String english) {
        this.code = code;
        this.most = most;
        this.chinese = chinese;
        this.english = english;
    }

    /** So many of them a policy may hold. */
    int most() {
        return most;
    }

    /** Whether items of this kind are numbered by us, rather than by what they are of. */
    public boolean numbered() {
        return this != HOLIDAY && this != POINT && this != WIRE;
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
