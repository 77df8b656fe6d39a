package io.zhitong.points;

/** What a door reports (门事件). Every alarm ends by its own event, so that a reader of the journal can pair them. */
public enum DoorEvent {
    OPENED(false, "门已打开", "door opened"),
    CLOSED(false, "门已关闭", "door closed"),
    NOT_OPENED(false, "已释放但未开门", "released but not opened"),
    EXIT_REQUESTED(false, "出门按钮", "exit requested"),
    HELD_OPEN(true, "开门超时", "door held open"),
    HELD_ENDED(false, "开门超时结束", "held-open ended"),
    FORCED_OPEN(true, "强行开门", "door forced open"),
    FORCED_ENDED(false, "强行开门结束", "forced-open ended");

    private final boolean alarm;
    private final String chinese;
    private final String english;

    DoorEvent(boolean alarm, String chinese, String english) {
        this.alarm = alarm;
        this.chinese = chinese;
        this.english = english;
    }

    /** True when the event goes to the alarm lane of the link. */
    public boolean alarm() {
        return alarm;
    }

    public String chinese() {
        return chinese;
    }

    public String english() {
        return english;
    }
}
