package io.zhitong.points;

/** What a supervised line says (四态输入). Only the first two are states of what it watches. */
public enum LineState {
    NORMAL("正常", "normal"),
    ACTIVE("动作", "active"),
    CUT("断线", "cut"),
    SHORTED("短路", "shorted");

    private final String chinese;
    private final String english;

    LineState(String chinese, String english) {
        this.chinese = chinese;
        this.english = english;
    }

    public String chinese() {
        return chinese;
    }

    public String english() {
        return english;
    }

    /** Whether the line itself is in trouble: an alarm, and never "closed". */
    public boolean trouble() {
        return this == CUT || this == SHORTED;
    }
}
