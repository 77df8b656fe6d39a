package io.zhitong.decision;

import io.zhitong.accessmodel.Coded;
import java.util.Optional;

/**
 * The engine's own rules (判定规则), in the order they are asked. The code is the rule's id in an access event: u32 from
 * 0xFFFFFF01 on, above every id that a compiled right can carry.
 */
public enum RuleName implements Coded {
    FIRE(0xFFFF_FF0C, "火警联动", "fire"),
    GENUINE(0xFFFF_FF01, "凭证真伪", "genuine credential"),
    POINT_MODE(0xFFFF_FF02, "门点模式", "mode of the point"),
    LIST(0xFFFF_FF03, "门禁名单", "access list in force"),
    KNOWN(0xFFFF_FF04, "已登记", "credential on the list"),
    STATUS(0xFFFF_FF05, "凭证状态", "status of the credential"),
    VALIDITY(0xFFFF_FF06, "有效期", "validity of the credential"),
    CERTIFICATE(0xFFFF_FF07, "卡证书", "newest certificate"),
    METHOD(0xFFFF_FF08, "识别方式", "way of identifying"),
    LEVEL(0xFFFF_FF09, "载体安全级别", "safety of the carrier"),
    USES(0xFFFF_FF0A, "剩余次数", "remaining uses"),
    RIGHT(0xFFFF_FF0B, "人员×时段×门点", "who × where × when"),
    FLOOR(0xFFFF_FF0D, "楼层", "floor"),
    THREAT(0xFFFF_FF0E, "警戒级别", "threat level"),
    TEMPERATURE(0xFFFF_FF0F, "体温", "temperature"),
    SECOND_FACTOR(0xFFFF_FF10, "第二因子", "second factor"),
    FIRST_CARD(0xFFFF_FF11, "首卡", "first person"),
    COMPANION(0xFFFF_FF12, "双人与陪同", "second person or escort"),
    ANTI_PASSBACK(0xFFFF_FF13, "反潜回", "anti-passback"),
    OCCUPANCY(0xFFFF_FF14, "限员与车位", "occupancy and spaces"),
    INTERLOCK(0xFFFF_FF15, "互锁", "interlock");

    private final int code;
    private final String chinese;
    private final String english;

    RuleName(int code, String chinese, String english) {
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

    int bit() {
        return 1 << ordinal();
    }

    /** The engine rule with this id, or nothing: then the id names a compiled right. */
    public static Optional<RuleName> of(long ruleId) {
        return Coded.find(RuleName.class, (int) ruleId);
    }
}
