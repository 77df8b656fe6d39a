package io.zhitong.accessmodel;

/** Why somebody did not pass (拒绝原因), in words a resident understands. */
public enum DenyReason implements Coded {
    NONE(0, "无", "not denied"),
    UNKNOWN_CREDENTIAL(1, "卡未登记", "the credential is not on this door's list"),
    LOST(2, "卡已挂失", "the card was reported lost"),
    CANCELLED(3, "卡已注销", "the credential was cancelled"),
    BLOCKED(4, "卡已停用", "the credential is blocked"),
    EXPIRED(5, "已过有效期", "the validity has ended"),
    NOT_YET_VALID(6, "未到有效期", "the validity has not begun"),
    NO_RIGHT_HERE(7, "无此门权限", "no right at this point"),
    OUTSIDE_SCHEDULE(8, "不在允许时段", "outside the permitted hours"),
    USES_EXHAUSTED(9, "次数已用完", "the permitted number of passes is used up"),
    NOT_GENUINE(10, "卡片验证失败", "the card did not prove that it is genuine"),
    LEVEL_TOO_LOW(11, "凭证安全级别不足", "this point asks for a safer kind of credential"),
    METHOD_NOT_ALLOWED(12, "此门不接受该方式", "this point does not accept this way of identifying"),
    CERTIFICATE_REPLACED(13, "卡证书已更换", "a newer certificate of this card exists"),
    LOCKED_DOWN(14, "门已封锁", "the point is locked down"),
    FIRST_CARD_MISSING(15, "首卡未刷", "the first authorised person has not come yet"),
    SECOND_PERSON_MISSING(16, "需双人同行", "two persons are needed"),
    PIN_MISSING(17, "需输入密码", "a PIN is needed as well"),
    PIN_WRONG(18, "密码错误", "the PIN is wrong"),
    ANTI_PASSBACK(19, "反潜回限制", "already inside (anti-passback)"),
    INTERLOCK(20, "互锁门未关", "another door of the interlock is open"),
    OCCUPANCY_FULL(21, "人数已满", "the area is full"),
    THREAT_LEVEL(22, "警戒级别限制", "not at the present threat level"),
    LIST_MISSING(23, "门禁名单未下发", "this door has no access list yet"),
    LEASE_ENDED(24, "名单租期已到", "the list's lease has ended"),
    CLOCK_UNKNOWN(25, "设备时间未知", "the door does not know the time"),
    CARD_ERROR(26, "读卡失败", "the card could not be read to the end"),
    SAM_MISSING(27, "安全模块不可用", "the security module does not answer"),
    FACE_MISSING(28, "需人脸验证", "a face is needed as well"),
    FACE_WRONG(29, "人脸不符", "the face is not the holder's"),
    FINGERPRINT_MISSING(30, "需验证指纹", "a fingerprint is needed as well"),
    FINGERPRINT_WRONG(31, "指纹不符", "the fingerprint is not the holder's"),
    CARD_MISSING(32, "需同时刷卡", "the card is needed as well"),
    PLATE_MISSING(33, "未识别到车牌", "no number plate was read"),
    PLATE_MISMATCH(34, "车牌与卡不符", "this number plate does not belong to this card"),
    CARD_IN_USE(35, "该卡已有车在场", "another car of this card is inside"),
    SPACES_TAKEN(36, "名下车位已占满", "all parking spaces of this household are taken"),
    LOT_FULL(37, "车场已满", "the car park is full"),
    ASK_GUARD(38, "请联系值守人员", "please ask the guard"),
    ESCORT_MISSING(39, "需有人陪同", "an escort is needed"),
    FLOOR_NOT_ALLOWED(40, "无此楼层权限", "no right to this floor"),
    FIRE_RECALL(41, "火警，电梯停用", "fire: the lift is recalled"),
    STATE_STALE(42, "区域状态未更新", "what is known of the area is too old"),
    TEMPERATURE(43, "体温异常，请复测", "high temperature: a second check is needed");

    private final int code;
    private final String chinese;
    private final String english;

    DenyReason(int code, String chinese, String english) {
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
