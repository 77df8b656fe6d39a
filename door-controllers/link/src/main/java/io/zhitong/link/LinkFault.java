package io.zhitong.link;

import io.zhitong.accessmodel.Coded;

/** What was wrong with a message (报文错误); travels as the reason of Refused. */
public enum LinkFault implements Coded {
    WRONG_LENGTH(1, "长度错误", "a frame of length 0 or above 16384"),
    MALFORMED(2, "格式错误", "not a message of this protocol"),
    UNKNOWN_MESSAGE(3, "未知报文", "a message this version does not know"),
    OUT_OF_TURN(4, "次序错误", "a message that must not come now"),
    OTHER_DEVICE(5, "设备不符", "another device than the certificate names"),
    OTHER_JOURNAL(6, "日志不符", "a record of another journal"),
    BROKEN_CHAIN(7, "链断裂", "a record that does not follow its predecessor"),
    OVER_WINDOW(8, "超出窗口", "more batches than the window allows"),
    NO_SUCH_LIST(9, "无此名单", "no list of this kind and version"),
    VERSION(10, "版本不符", "another protocol version"),
    CONNECTION(11, "连接失败", "the connection cannot be made or was lost"),
    CLOCK_FAR_OFF(12, "时钟偏差过大", "a clock further off than can be believed"),
    BUSY(13, "忙", "too many connections or waiting commands"),
    NOT_CONNECTED(14, "未连接", "the device is not connected"),
    OTHER_PROFILE(15, "密码轮廓不符", "a certificate of another profile than the device enrolled with last");

    private final int code;
    private final String chinese;
    private final String english;

    LinkFault(int code, String chinese, String english) {
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
