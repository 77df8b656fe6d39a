package io.zhitong.accessmodel;

/** Standing mode of a point (门点模式). */
public enum PointMode implements Coded {
    NORMAL(0, "正常", "normal"),
    UNLOCKED(1, "常开", "held unlocked"),
    LOCKED(2, "常闭", "locked down"),
    FIRST_CARD(3, "首卡常开", "held unlocked after the first card"),
    CARD_PIN(4, "卡加密码", "card and PIN"),
    CARD_FACE(5, "卡加人脸", "card and face"),
    CARD_FINGERPRINT(6, "卡加指纹", "card and fingerprint"),
    TWO_PERSON(7, "双人认证", "two persons"),
    ESCORT(8, "陪同进入", "under escort"),
    CARD_PLATE(9, "卡加车牌", "card and number plate");

    private final int code;
    private final String chinese;
    private final String english;

    PointMode(int code, String chinese, String english) {
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
