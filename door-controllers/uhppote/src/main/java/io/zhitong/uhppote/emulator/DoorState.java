package io.zhitong.uhppote.emulator;

import io.zhitong.uhppote.message.DoorControl;

/** One door of an emulated board (门). Not thread-safe. */
final class DoorState {

    private DoorControl control = DoorControl.CONTROLLED;
    private int delaySeconds = 3;
    private boolean keypad;
    private boolean open;
    private long releasedUntilMillis;

    void set(DoorControl newControl, int newDelaySeconds) {
        control = newControl;
        delaySeconds = newDelaySeconds;
    }

    DoorControl control() {
        return control;
    }

    int delaySeconds() {
        return delaySeconds;
    }

    void keypad(boolean active) {
        keypad = active;
    }

    boolean keypad() {
        return keypad;
    }

    void leaf(boolean isOpen) {
        open = isOpen;
    }

    boolean open() {
        return open;
    }

    void release(long nowMillis) {
        releasedUntilMillis = nowMillis + 1000L * delaySeconds;
    }

    /** Whether the lock lets the leaf move. */
    boolean free(long nowMillis) {
        return control == DoorControl.NORMALLY_OPEN || nowMillis < releasedUntilMillis;
    }
}
