package io.zhitong.accessmodel;

/** What an issuer's public key on the ISSUERS list may sign (签发用途). */
public enum IssuerPurpose implements Coded {
    CARD(1, "卡证书", "card certificates"),
    READER(2, "读头证书", "reader certificates");

    private final int code;
    private final String chinese;
    private final String english;

    IssuerPurpose(int code, String chinese, String english) {
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
