package io.zhitong.points;

/** What happens to a door (门输入). */
public sealed interface DoorInput {

    /** Who released the door: a decision, the exit button, or an operator. */
    enum Cause {
        GRANT,
        EXIT_BUTTON,
        COMMAND
    }

    /**
     * Release the lock for a time.
     *
     * @param pulseMillis how long, 1 ms to 10 min; IEC 60839-11-1 asks for at least 3 s where people walk through
     */
    record Release(Cause cause, int pulseMillis) implements DoorInput {
        private static final int LONGEST_MILLIS = 600_000;

        public Release {
            if (pulseMillis < 1 || pulseMillis > LONGEST_MILLIS) {
                throw new IllegalArgumentException(
                        "a release lasts 1 to " + LONGEST_MILLIS + " ms, not " + pulseMillis);
            }
        }
    }

    /** The door contact reports the leaf. */
    record Contact(boolean open) implements DoorInput {}

    /** Free passage (常开) begins: the lock stays released until {@link Normal} or {@link Secure}. */
    record Free() implements DoorInput {}

    /** Free passage ends. A running release goes on. */
    record Normal() implements DoorInput {}

    /** Lock down (锁定): free passage and a running release end at once. The exit button still releases. */
    record Secure() implements DoorInput {}

    /** Nothing but time has passed. */
    record Time() implements DoorInput {}
}
