package io.zhitong.accessmodel;

/** What an area does with whom it believes to be inside already (反潜回). */
public enum AntiPassback implements Coded {
    NONE(0, "不启用", "none"),
    HARD(1, "硬反潜回", "hard: denied"),
    SOFT(2, "软反潜回", "soft: granted and recorded"),
    TIMED(3, "定时反潜回", "timed: denied for some minutes");

    private final int code;
    private final String chinese;
    private final String english;

    AntiPassback(int code, String chinese, String english) {
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
