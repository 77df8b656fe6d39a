package io.zhitong.keyapi;

/** Where a ceremony stands (仪式步骤); each is left when every custodian has done what it asks. */
public enum CeremonyStep {
    NONE(0, "未开始", "none"),
    NAMING(1, "登记保管人", "custodians are named"),
    COMMITTING(2, "承诺分量", "components are committed to"),
    REVEALING(3, "出示分量", "components are revealed"),
    DEALING(4, "发放份额", "shares are dealt"),
    CONFIRMING(5, "回验份额", "shares are confirmed"),
    /** All are confirmed; m of them have to lie in the process at once to open the store. */
    PROVING(6, "开启验证", "the store is opened as proof"),
    PROVEN(7, "待关闭", "ready to close"),
    CLOSED(8, "已完成", "closed"),
    ABORTED(9, "已放弃", "given up");

    private final int code;
    private final String chinese;
    private final String english;

    CeremonyStep(int code, String chinese, String english) {
        this.code = code;
        this.chinese = chinese;
        this.english = english;
    }

    /** One byte on the wire and at rest; never reused. */
    public int code() {
        return code;
    }

    public String chinese() {
        return chinese;
    }

    public String english() {
        return english;
    }

    /** Whether a ceremony at this step goes on. */
    public boolean running() {
        return this != NONE && this != CLOSED && this != ABORTED;
    }

    /** The step of a code. */
    public static CeremonyStep of(int code) {
        return values()[Checks.range("ceremony step", code, 0, values().length - 1)];
    }
}
