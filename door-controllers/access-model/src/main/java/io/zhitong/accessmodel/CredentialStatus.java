package io.zhitong.accessmodel;

/** State of a credential on an access list (凭证状态). */
public enum CredentialStatus implements Coded {
    ACTIVE(1, "正常", "active"),
    LOST(2, "挂失", "reported lost"),
    CANCELLED(3, "注销", "cancelled"),
    BLOCKED(4, "停用", "blocked");

    private final int code;
    private final String chinese;
    private final String english;

    CredentialStatus(int code, String chinese, String english) {
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
