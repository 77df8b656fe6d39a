package io.zhitong.backend.estate;

/** What a device is for (设备种类). */
public enum DeviceKind {
    CONTROLLER("门禁控制器", "Door controller"),
    POS("消费终端", "Payment terminal");

    private final String chinese;
    private final String english;

    DeviceKind(String chinese, String english) {
        this.chinese = chinese;
        this.english = english;
    }

    public String chinese() {
        return chinese;
    }

    public String english() {
        return english;
    }
}
