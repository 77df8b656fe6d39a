package io.zhitong.decision;

import io.zhitong.accessmodel.DenyReason;

/** A change at the place itself rather than in lists or time (现场处理). */
public enum OnSite implements Change {
    FIRE_OVER(RuleName.FIRE, "等待火警解除", "wait until the fire alarm is over"),
    ADD_FLOOR(RuleName.FLOOR, "授予该楼层的权限", "grant the right to that floor"),
    LOWER_THREAT(RuleName.THREAT, "解除或降低警戒级别", "lower the threat level"),
    SECOND_CHECK(RuleName.TEMPERATURE, "由工作人员复测体温", "have the temperature checked again by a person"),
    ENTER_PIN(RuleName.SECOND_FACTOR, "输入正确的密码", "enter the right PIN as well"),
    SHOW_FACE(RuleName.SECOND_FACTOR, "由持卡人本人验证人脸", "let the holder show the face as well"),
    SHOW_FINGER(RuleName.SECOND_FACTOR, "由持卡人本人验证指纹", "let the holder present the finger as well"),
    SHOW_CARD_TOO(RuleName.SECOND_FACTOR, "同时刷卡", "present the card as well"),
    SHOW_PLATE(RuleName.SECOND_FACTOR, "使车牌可以识别", "let the number plate be read"),
    REGISTER_PLATE(RuleName.SECOND_FACTOR, "将该车牌登记到持卡人名下", "register this number plate for the card's holder"),
    FIRST_PERSON(RuleName.FIRST_CARD, "等待首卡人员刷卡", "wait for the first authorised person"),
    SECOND_PERSON(RuleName.COMPANION, "与另一名有权限的人员同行", "come with a second authorised person"),
    ESCORT(RuleName.COMPANION, "由有陪同资格的人员陪同", "come with somebody who may escort"),
    HEAR_AREA(RuleName.ANTI_PASSBACK, "恢复区域状态的通信", "let the device hear of the area again"),
    AMNESTY(RuleName.ANTI_PASSBACK, "更正该人员或车辆的在场记录", "correct where the person or car is known to be"),
    SHOW_ENTRY_CARD(RuleName.ANTI_PASSBACK, "出示该车入场时所用的卡", "present the card that the car came in with"),
    OTHER_CAR_LEAVES(RuleName.ANTI_PASSBACK, "等待该卡的另一辆车离场", "wait until this card's other car has left"),
    ROOM(RuleName.OCCUPANCY, "等待有人或车离开", "wait until there is room"),
    OWN_SPACE(RuleName.OCCUPANCY, "等待名下车位空出", "wait until a space of the household is free"),
    CLOSE_OTHERS(RuleName.INTERLOCK, "关闭互锁的其他门", "close the other doors of the interlock");

    private final RuleName rule;
    private final String chinese;
    private final String english;

    OnSite(RuleName rule, String chinese, String english) {
        this.rule = rule;
        this.chinese = chinese;
        this.english = english;
    }

    static OnSite against(DenyReason reason, RuleName rule) {
        return switch (reason) {
            case FIRE_RECALL -> FIRE_OVER;
            case FLOOR_NOT_ALLOWED -> ADD_FLOOR;
            case THREAT_LEVEL -> LOWER_THREAT;
            case TEMPERATURE -> SECOND_CHECK;
            case PIN_MISSING, PIN_WRONG -> ENTER_PIN;
            case FACE_MISSING, FACE_WRONG -> SHOW_FACE;
            case FINGERPRINT_MISSING, FINGERPRINT_WRONG -> SHOW_FINGER;
            case CARD_MISSING -> rule == RuleName.SECOND_FACTOR ? SHOW_CARD_TOO : SHOW_ENTRY_CARD;
            case PLATE_MISSING -> SHOW_PLATE;
            case PLATE_MISMATCH -> rule == RuleName.SECOND_FACTOR ? REGISTER_PLATE : SHOW_ENTRY_CARD;
            case FIRST_CARD_MISSING -> FIRST_PERSON;
            case SECOND_PERSON_MISSING -> SECOND_PERSON;
            case ESCORT_MISSING -> ESCORT;
            case STATE_STALE -> HEAR_AREA;
            case ANTI_PASSBACK -> AMNESTY;
            case CARD_IN_USE -> OTHER_CAR_LEAVES;
            case OCCUPANCY_FULL, LOT_FULL -> ROOM;
            case SPACES_TAKEN -> OWN_SPACE;
            case INTERLOCK -> CLOSE_OTHERS;
            default -> throw new IllegalStateException("nothing to do on site against " + reason);
        };
    }

    /** What becomes of the situation: the rule is content, or with news of the area asked again. */
    Situation applied(Situation situation) {
        return this == HEAR_AREA
                ? situation.request(situation.request().site(situation.site().fresh()))
                : situation.waive(rule);
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
