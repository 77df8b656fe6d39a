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
     * @param openMillis how long the leaf may then stand open for somebody who needs longer (延时开门), at most 1 h; 0 = as
     *     configured
     */
    record Release(Cause cause, int pulseMillis, int openMillis) implements DoorInput {
        private static final int LONGEST_MILLIS = 600_000;
        private static final int LONGEST_OPEN_MILLIS = 3_600_000;

        public Release {
            if (pulseMillis < 1 || pulseMillis > LONGEST_MILLIS) {
                throw new IllegalArgumentException(
                        "a release lasts 1 to " + LONGEST_MILLIS + " ms, not " + pulseMillis);
            }
            if (openMillis < 0 || openMillis > LONGEST_OPEN_MILLIS) {
                throw new IllegalArgumentException(
                        "a leaf stands open 0 to " + LONGEST_OPEN_MILLIS + " ms, not " + openMillis);
            }
        }

        public Release(Cause cause, int pulseMillis) {
            this(cause, pulseMillis, 0);
        }
    }

    /** The door contact reports the leaf. A line that is cut or shorted is never reported as closed. */
    record Contact(boolean open) implements DoorInput {}

    /** The lock reports its bolt (锁舌). */
    record Bolt(boolean thrown) implements DoorInput {}

    /**
     * A light barrier of a turnstile (通道红外); nothing to a door.
     *
     * @param side the way for which it is the first of the two
     */
    record Beam(Way side, boolean broken) implements DoorInput {}

    /** Free passage (常开) begins: the lock stays released until {@link Normal} or {@link Secure}. */
    record Free() implements DoorInput {}

    /** Free passage ends. A running release goes on. */
    record Normal() implements DoorInput {}

    /** Lock down (锁定): free passage and a running release end at once. The exit button still releases: nobody is shut in. */
    record Secure() implements DoorInput {}

    /**
     * The fire contact (消防触点). While it burns the door is free, whatever else was or is asked of it; afterwards it stands as
     * everything else left it.
     */
    record Fire(boolean burning) implements DoorInput {}

    /** Nothing but time has passed. */
    record Time() implements DoorInput {}
}
