package io.zhitong.accessmodel;

/** Whom a point lets pass when the list does not hold any longer or the credential is unknown offline (离线策略). */
public enum OfflinePolicy implements Coded {
    BY_LIST(0, "按名单", "by the list"),
    STAFF_ONLY(1, "仅限保安与员工", "guards and staff only"),
    FREE(2, "免费放行", "free passage"),
    FLAT_FARE(3, "定额收费", "flat fare"),
    ASK_GUARD(4, "呼叫值班", "ask the guard");

    private final int code;
    private final String chinese;
    private final String english;

    OfflinePolicy(int code, String chinese, String english) {
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
