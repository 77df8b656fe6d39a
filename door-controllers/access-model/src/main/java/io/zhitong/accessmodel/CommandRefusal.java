package io.zhitong.accessmodel;

/** Why a device does not carry out a command (指令拒绝原因). */
public enum CommandRefusal implements Coded {
    NONE(0, "无", "not refused"),
    MALFORMED(1, "格式错误", "not a command of this version"),
    OTHER_COMMUNITY(2, "非本小区", "made for another community"),
    OTHER_DEVICE(3, "非本设备", "made for another device"),
    OTHER_JOURNAL(4, "日志不符", "made for another journal of this device"),
    WRONG_NONCE(5, "随机数不符", "made for another connection"),
    WRONG_SIGNATURE(6, "签名错误", "the signature does not verify"),
    EXPIRED(7, "已过期", "its time has passed"),
    TIME_UNKNOWN(8, "时间未知", "the device has no estimate of the backend's time"),
    DUPLICATE(9, "重复", "this idempotency key was carried out before"),
    UNKNOWN_POINT(10, "无此门点", "the device has no such point"),
    NOT_SUPPORTED(11, "不支持", "the device cannot do this"),
    BUSY(12, "忙", "the device is busy with another command"),
    FAILED(13, "执行失败", "tried and failed"),
    INTERLOCKED(14, "互锁门未关", "another door of the interlock is open"),
    LOCK_OUTPUT(15, "放行类输出，另有指令", "this output lets people through: it has orders of its own"),
    FIRE_OUTPUT(16, "消防分区的输出，不可操作", "this output belongs to a fire zone");

    private final int code;
    private final String chinese;
    private final String english;

    CommandRefusal(int code, String chinese, String english) {
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
