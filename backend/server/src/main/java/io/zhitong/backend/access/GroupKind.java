package io.zhitong.backend.access;

import io.zhitong.accessmodel.Coded;

/** Who belongs to a people group (人员组范围). */
public enum GroupKind implements Coded {
    RESIDENTS(1, "全体住户", "everybody with a residence in the community today"),
    BUILDINGS(2, "楼栋住户", "whoever lives in one of these buildings today"),
    UNITS(3, "房屋住户", "whoever lives in one of these units today"),
    PERSONS(4, "指定人员", "these persons, wherever they live");

    private final int code;
    private final String chinese;
    private final String english;

    GroupKind(int code, String chinese, String english) {
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
