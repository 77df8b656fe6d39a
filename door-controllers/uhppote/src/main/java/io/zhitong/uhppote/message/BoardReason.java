package io.zhitong.uhppote.message;

import io.zhitong.accessmodel.Coded;

/**
 * Why a board recorded an event (记录说明). Source: uhppoted 0.7.2, src/lookup.js, and the vendor's sample; 34 is named a button
 * refused "threat" by the former and an alarm by the latter.
 */
public enum BoardReason implements Coded {
    SWIPE(1, "刷卡开门", "card accepted"),
    HOST_CONTROL(5, "电脑控制", "left to a host that refused or was away"),
    NO_PRIVILEGE(6, "没有权限", "no right at this door"),
    WRONG_PIN(7, "密码不对", "wrong PIN"),
    ANTI_PASSBACK(8, "反潜回", "anti-passback"),
    MORE_CARDS(9, "多卡", "more cards are needed"),
    FIRST_CARD(10, "首卡", "the first card has not come"),
    NORMALLY_CLOSED(11, "门为常闭", "the door is held closed"),
    INTERLOCK(12, "互锁", "another door of the interlock is open"),
    OUTSIDE_HOURS(13, "不在有效时段", "outside the permitted hours"),
    INVALID_TIME(15, "卡过期或不在有效时段", "not valid at this time"),
    NOT_KNOWN(18, "无权限卡", "card not known"),
    BUTTON(20, "按钮", "exit button"),
    DOOR_OPENED(23, "门打开", "door opened"),
    DOOR_CLOSED(24, "门关闭", "door closed"),
    SUPER_PASSCODE(25, "超级密码开门", "opened with a supervisor code"),
    POWER_ON(28, "控制器上电", "board switched on"),
    RESET(29, "控制器复位", "board reset"),
    BUTTON_LOCKED(31, "按钮不开门: 强制关门", "button refused: door locked"),
    BUTTON_OFFLINE(32, "按钮不开门: 门不在线", "button refused: door off line"),
    BUTTON_INTERLOCK(33, "按钮不开门: 互锁", "button refused: interlock"),
    THREAT(34, "胁迫报警", "opened under threat"),
    OPEN_TOO_LONG(37, "门长时间未关", "door open too long"),
    FORCED(38, "强行闯入", "forced open"),
    FIRE(39, "火警", "fire"),
    FORCED_CLOSED(40, "强制关门", "forced closed"),
    THEFT(41, "防盗报警", "theft alarm"),
    ZONE_24H(42, "24小时防区", "alarm of a 24-hour zone"),
    EMERGENCY(43, "紧急呼救", "emergency call"),
    REMOTE_OPEN(44, "远程开门", "opened from afar"),
    USB_OPEN(45, "发卡器开门", "opened from a USB reader"),
    OTHER(0, "其他", "a reason this version does not know");

    private final int code;
    private final String chinese;
    private final String english;

    BoardReason(int code, String chinese, String english) {
        this.code = code;
        this.chinese = chinese;
        this.english = english;
    }

    public static BoardReason of(int code) {
        return Coded.find(BoardReason.class, code).orElse(OTHER);
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
