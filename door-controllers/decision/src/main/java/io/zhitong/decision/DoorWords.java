package io.zhitong.decision;

import io.zhitong.accessmodel.DenyReason;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a person at the door is told (门口提示语): what is the matter, and what to do about it. Less than {@link DenyReason} says, and
 * nothing to a stranger: who shows something that nobody registered, or a forgery, learns that it is not authorised; what somebody else
 * could use against the holder is left to the guard. A grant under duress reads as any other.
 */
public enum DoorWords {
    COME_IN("请通行", "Please come in", DenyReason.NONE),
    NOT_AUTHORISED("此卡未授权", "This card is not authorised", DenyReason.UNKNOWN_CREDENTIAL, DenyReason.NOT_GENUINE),
    REPORTED_LOST("卡已挂失，请到物业服务台", "Reported lost: please go to the service desk", DenyReason.LOST),
    OUT_OF_USE(
            "此卡已停用，请到物业服务台",
            "No longer in use: please go to the service desk",
            DenyReason.CANCELLED,
            DenyReason.BLOCKED),
    RENEW("此卡需更新，请到物业服务台", "This card has to be renewed at the service desk", DenyReason.CERTIFICATE_REPLACED),
    OVER("已过有效期，请到物业服务台续期", "No longer valid: please extend it at the service desk", DenyReason.EXPIRED),
    TOO_EARLY("未到有效期", "Not valid yet", DenyReason.NOT_YET_VALID),
    NO_RIGHT("无此门权限，请到物业服务台办理", "No right at this door: please ask at the service desk", DenyReason.NO_RIGHT_HERE),
    NOT_NOW("不在允许时段", "Not at this hour", DenyReason.OUTSIDE_SCHEDULE),
    USED_UP("次数已用完，请联系您要拜访的住户", "All visits are used up: please call your host", DenyReason.USES_EXHAUSTED),
    OTHER_WAY(
            "此门不接受该方式，请换卡或手机",
            "Please use your card or phone here",
            DenyReason.LEVEL_TOO_LOW,
            DenyReason.METHOD_NOT_ALLOWED),
    CLOSED("暂停通行，请联系值守人员", "Closed for now: please ask the guard", DenyReason.LOCKED_DOWN, DenyReason.THREAT_LEVEL),
    WAIT_FOR_FIRST("请等管理人员先刷卡", "Please wait for the person in charge", DenyReason.FIRST_CARD_MISSING),
    SECOND_PERSON("请第二人刷卡", "Second person, please", Asks.MORE, DenyReason.SECOND_PERSON_MISSING),
    ESCORT("请陪同人先刷卡", "Your escort first, please", Asks.MORE, DenyReason.ESCORT_MISSING),
    TYPE_PIN("请输入密码", "Please type your PIN", Asks.MORE, DenyReason.PIN_MISSING),
    PIN_AGAIN("密码错误，请重新刷卡再输入", "Wrong PIN: please present your card again", DenyReason.PIN_WRONG),
    SHOW_FACE("请看摄像头", "Please look at the camera", Asks.MORE, DenyReason.FACE_MISSING),
    FACE_AGAIN("人脸未通过，请重试", "Not recognised: please try again", DenyReason.FACE_WRONG),
    SHOW_FINGER("请按指纹", "Your finger, please", Asks.MORE, DenyReason.FINGERPRINT_MISSING),
    FINGER_AGAIN("指纹未通过，请重试", "Not recognised: please try again", DenyReason.FINGERPRINT_WRONG),
    SHOW_CARD("请刷卡", "Your card as well, please", Asks.MORE, DenyReason.CARD_MISSING),
    LEFT_WITHOUT("请先在出口刷卡，或联系值守人员", "No way out was seen: please ask the guard", DenyReason.ANTI_PASSBACK),
    OTHER_DOOR("请等另一道门关好", "Please wait for the other door to close", DenyReason.INTERLOCK),
    FULL("人数已满，请稍候", "Full: please wait a little", DenyReason.OCCUPANCY_FULL),
    AGAIN("读卡未完成，请重新刷卡", "Please present your card again, and hold it a little longer", DenyReason.CARD_ERROR),
    DOOR_TROUBLE(
            "设备暂不可用，请联系值守人员",
            "Out of order: please ask the guard",
            DenyReason.LIST_MISSING,
            DenyReason.LEASE_ENDED,
            DenyReason.CLOCK_UNKNOWN,
            DenyReason.SAM_MISSING,
            DenyReason.STATE_STALE),
    NO_PLATE("未识别到车牌，请稍挪车辆", "No number plate seen: please move a little", DenyReason.PLATE_MISSING),
    GUARD("请联系值守人员", "Please ask the guard", DenyReason.PLATE_MISMATCH, DenyReason.CARD_IN_USE, DenyReason.ASK_GUARD),
    SPACES_FULL(
            "名下车位已占满，请联系家人或物业", "Your parking spaces are taken: please ask your household", DenyReason.SPACES_TAKEN),
    PARK_FULL("车场已满", "The car park is full", DenyReason.LOT_FULL),
    NO_FLOOR(
            "无此楼层权限，请到物业服务台办理", "No right to this floor: please ask at the service desk", DenyReason.FLOOR_NOT_ALLOWED),
    STAIRS("火警，请走楼梯", "Fire: please use the stairs", DenyReason.FIRE_RECALL),
    MEASURE_AGAIN("体温偏高，请稍候复测", "Please wait and have your temperature taken again", DenyReason.TEMPERATURE);

    /** What light and sound mean where there are no words (提示性质). */
    public enum Asks {
        /** Nothing: that was all. */
        NOTHING,
        /** Something more is wanted. */
        MORE
    }

    private static final Map<DenyReason, DoorWords> OF = new EnumMap<>(DenyReason.class);

    static {
        for (DoorWords words : values()) {
            for (DenyReason reason : words.reasons) {
                OF.put(reason, words);
            }
        }
    }

    private final String chinese;
    private final String english;
    private final Asks asks;
    private final DenyReason[] reasons;

    DoorWords(String chinese, String english, DenyReason... reasons) {
        this(chinese, english, Asks.NOTHING, reasons);
    }

    DoorWords(String chinese, String english, Asks asks, DenyReason... reasons) {
        this.chinese = chinese;
        this.english = english;
        this.asks = asks;
        this.reasons = reasons;
    }

    /** For a decision; all grants alike. */
    public static DoorWords of(Decision decision) {
        return of(decision instanceof Decision.Deny deny ? deny.reason() : DenyReason.NONE);
    }

    /** @param reason NONE = granted */
    public static DoorWords of(DenyReason reason) {
        return Optional.ofNullable(OF.get(reason)).orElse(GUARD);
    }

    public Asks asks() {
        return asks;
    }

    public String chinese() {
        return chinese;
    }

    public String english() {
        return english;
    }
}
