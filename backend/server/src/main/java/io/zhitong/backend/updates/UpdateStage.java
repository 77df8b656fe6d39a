package io.zhitong.backend.updates;

/** How far an update has come (升级阶段). */
public enum UpdateStage {
    WAITING("待批准", "waits for approval"),
    FIRST("首批升级中", "first devices"),
    REST("全部升级中", "all devices"),
    DONE("已完成", "done"),
    STOPPED("已停止", "stopped");

    private final String chinese;
    private final String english;

    UpdateStage(String chinese, String english) {
        this.chinese = chinese;
        this.english = english;
    }

    public String chinese() {
        return chinese;
    }

    public String english() {
        return english;
    }

    boolean running() {
        return this == FIRST || this == REST;
    }
}
