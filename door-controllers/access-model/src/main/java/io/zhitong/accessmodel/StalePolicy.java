package io.zhitong.accessmodel;

/** What an area does when what is known of it is older than it accepts (分区失联策略). */
public enum StalePolicy implements Coded {
    DECIDE(0, "按本地所知判定", "decide by what is known here"),
    DENY(1, "拒绝", "deny"),
    GRANT(2, "放行并记录", "grant and record");

    private final int code;
    private final String chinese;
    private final String english;

    StalePolicy(int code, String chinese, String english) {
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
