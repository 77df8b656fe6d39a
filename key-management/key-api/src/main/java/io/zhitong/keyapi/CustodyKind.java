package io.zhitong.keyapi;

/** What lies in somebody's custody (保管物种类). One byte on the wire and in the store, never reused. */
public enum CustodyKind {
    CONTROL_CARD(1, "总控卡", "master control card"),
    MOTHER_CARD(2, "密钥母卡", "mother card"),
    TRANSPORT_CARD(3, "传输卡", "transport card"),
    AUTHENTICATION_CARD(4, "认证卡", "authentication card"),
    PURCHASE_SAM(5, "消费 PSAM", "PSAM"),
    ACCESS_SAM(6, "门禁 SAM", "access SAM"),
    SHARE(7, "分量", "share");

    private final int code;
    private final String chinese;
    private final String english;

    CustodyKind(int code, String chinese, String english) {
        this.code = code;
        this.chinese = chinese;
        this.english = english;
    }

    public int code() {
        return code;
    }

    public String chinese() {
        return chinese;
    }

    public String english() {
        return english;
    }

    /** Whether it holds masters that a terminal works with. */
    public boolean sam() {
        return this == PURCHASE_SAM || this == ACCESS_SAM;
    }

    /** @throws KeyServiceException {@link KeyRefusal#MALFORMED} for an unknown code */
    public static CustodyKind of(int code) {
        for (CustodyKind kind : values()) {
            if (kind.code == code) {
                return kind;
            }
        }
        throw Checks.malformed("unknown kind of thing in custody");
    }
}
