package io.zhitong.accessmodel;

/** How hard a carrier is to copy (载体安全级别): a point states the least it accepts. */
public enum CarrierLevel implements Coded {
    NONE(0, "无", "nothing presented"),
    COPIED_NUMBER(1, "可复制卡号", "a number anybody can copy"),
    SHARED_SECRET(2, "共享密钥", "a secret shared by many or typed in"),
    OWN_KEY(3, "一卡一密", "a symmetric key of its own"),
    SEALED_CARD(4, "证书认证", "a private key that never leaves its carrier");

    private final int code;
    private final String chinese;
    private final String english;

    CarrierLevel(int code, String chinese, String english) {
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
