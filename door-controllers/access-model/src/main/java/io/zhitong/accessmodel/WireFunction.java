package io.zhitong.accessmodel;

import java.util.Set;

/** What a wire of a board is for (接线功能). */
public enum WireFunction implements Coded {
    CONTACT(1, "门磁", "door contact"),
    EXIT_BUTTON(2, "出门按钮", "exit button"),
    LOCK(3, "门锁", "lock"),
    FIRE_CONTACT(4, "消防触点", "fire contact"),
    TAMPER(5, "防拆", "tamper contact"),
    ALARM_INPUT(6, "报警输入", "alarm input"),
    SIREN(7, "警号", "siren"),
    LIGHT(8, "指示灯", "light"),
    FLOOR(9, "楼层继电器", "floor relay"),
    BARRIER(10, "道闸", "barrier"),
    LOOP(11, "地感线圈", "vehicle loop"),
    BOLT(12, "锁舌", "bolt of the lock"),
    BUZZER(13, "蜂鸣器", "buzzer"),
    BEAM(14, "通道红外", "light barrier of a turnstile"),
    PRESS(15, "楼层按键", "floor button of a lift"),
    CALL(16, "呼梯触点", "call contact of a lift"),
    RECALL(17, "电梯迫降", "recall contact of a lift"),
    OTHER_OUTPUT(18, "备用输出", "output for other uses");

    private static final Set<WireFunction> SIGNALS = Set.of(SIREN, LIGHT, BUZZER, OTHER_OUTPUT);

    private final int code;
    private final String chinese;
    private final String english;

    WireFunction(int code, String chinese, String english) {
        this.code = code;
        this.chinese = chinese;
        this.english = english;
    }

    /** Whether it lets nobody through: such an output may be pulsed by order ({@link PulseOrder}). */
    public boolean pulsedByOrder() {
        return SIGNALS.contains(this);
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
