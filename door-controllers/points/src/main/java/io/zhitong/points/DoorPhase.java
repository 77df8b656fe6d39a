package io.zhitong.points;

/**
 * Where a door stands (门状态). {@link #OPEN}, {@link #HELD} and {@link #FORCED} mean that the contact reports an open leaf,
 * the other two that it reports a closed one or that no contact is wired.
 */
public enum DoorPhase {
    CLOSED("关闭", "closed"),
    RELEASED("已释放", "released"),
    OPEN("打开", "open"),
    HELD("开门超时", "held open"),
    FORCED("强行打开", "forced open");

    private final String chinese;
    private final String english;

    DoorPhase(String chinese, String english) {
        this.chinese = chinese;
        this.english = english;
    }

    public String chinese() {
        return chinese;
    }

    public String english() {
        return english;
    }

    public boolean leafOpen() {
        return this == OPEN || this == HELD || this == FORCED;
    }
}
