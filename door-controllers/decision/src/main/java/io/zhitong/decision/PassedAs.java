package io.zhitong.decision;

import io.zhitong.accessmodel.Coded;
import io.zhitong.accessmodel.SpaceKind;

/** What a passage counts as, to be settled later (放行性质). */
public enum PassedAs implements Coded {
    ORDINARY(0, "正常通行", "ordinary"),
    MONTHLY(1, "月租车", "monthly car"),
    OWNED(2, "产权车位", "own parking space"),
    TEMPORARY(3, "临时车", "temporary car"),
    VISITOR(4, "访客车", "visitor's car"),
    FREE(5, "离线免费放行", "free passage while offline"),
    FLAT_FARE(6, "离线定额收费", "flat fare while offline");

    private final int code;
    private final String chinese;
    private final String english;

    PassedAs(int code, String chinese, String english) {
        this.code = code;
        this.chinese = chinese;
        this.english = english;
    }

    static PassedAs of(SpaceKind kind) {
        return switch (kind) {
            case MONTHLY -> MONTHLY;
            case OWNED -> OWNED;
            case TEMPORARY -> TEMPORARY;
            case VISITOR -> VISITOR;
        };
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
