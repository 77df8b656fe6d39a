package io.zhitong.accessmodel;

/** What is presented at a point (载体类型); the code is the subtype of credentials we number ourselves. */
public enum CarrierKind implements Coded {
    CARD(1, "卡片", "card"),
    PHONE(2, "手机", "phone"),
    FACE(3, "人脸", "face"),
    PLATE(4, "车牌", "number plate"),
    TAG(5, "标签", "tag"),
    PIN(6, "密码", "PIN"),
    LEGACY_NUMBER(7, "旧卡号", "legacy number"),
    PURSE(8, "钱包序列号", "purse serial");

    private final int code;
    private final String chinese;
    private final String english;

    CarrierKind(int code, String chinese, String english) {
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
