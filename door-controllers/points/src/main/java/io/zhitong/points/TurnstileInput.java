package io.zhitong.points;

/** What happens to a turnstile (闸机输入). */
public sealed interface TurnstileInput {

    /** One person may pass this way within the time, 1 ms to 10 min. */
    record Release(Way way, int millis) implements TurnstileInput {
        private static final int LONGEST_MILLIS = 600_000;

        public Release {
            if (millis < 1 || millis > LONGEST_MILLIS) {
                throw new IllegalArgumentException("a release lasts 1 to " + LONGEST_MILLIS + " ms, not " + millis);
            }
        }
    }

    /**
     * A light barrier (通道红外).
     *
     * @param side the way for which it is the first of the two
     */
    record Beam(Way side, boolean broken) implements TurnstileInput {}

    /** Free passage both ways, or its end. */
    record Free(boolean on) implements TurnstileInput {}

    /** Lock down: what was granted and not begun is taken back. */
    record Secure() implements TurnstileInput {}

    /** The fire contact: the arms fall (落杆), both ways are free. */
    record Fire(boolean burning) implements TurnstileInput {}

    /** Nothing but time has passed. */
    record Time() implements TurnstileInput {}
}
