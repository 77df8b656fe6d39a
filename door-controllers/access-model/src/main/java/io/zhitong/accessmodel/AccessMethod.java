package io.zhitong.accessmodel;

/** How a credential was proved at a point (识别方式). The code is also the bit in a set of methods. */
public enum AccessMethod implements Coded {
    NONE(0, "无", "none"),
    SEALED(1, "密封认证", "sealed card transaction"),
    PRIVATE(2, "私密认证", "private card transaction"),
    FAST(3, "快速认证", "fast card transaction"),
    LEGACY(4, "传统认证", "legacy card authentication"),
    NUMBER(5, "卡号", "copied card number"),
    PIN(6, "密码", "PIN"),
    QR(7, "二维码", "QR code"),
    PHONE(8, "手机", "phone"),
    FACE(9, "人脸", "face"),
    FINGERPRINT(10, "指纹", "fingerprint"),
    PLATE(11, "车牌", "number plate"),
    REMOTE(12, "远程", "remote command"),
    EXIT_BUTTON(13, "出门按钮", "exit button");

    private final int code;
    private final String chinese;
    private final String english;

    AccessMethod(int code, String chinese, String english) {
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
