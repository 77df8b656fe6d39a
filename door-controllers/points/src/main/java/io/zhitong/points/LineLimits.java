package io.zhitong.points;

/**
 * How a line's resistance is read (线路门限), in ohms, and how long a reading has to stand. With 1 kΩ in series at the far end and
 * 2.2 kΩ across the contact a closed contact reads 1 kΩ and an open one 3.2 kΩ; a shorted line next to nothing, a cut one no end.
 *
 * @param shortedBelow less than this is a short circuit
 * @param border from here on the contact is open
 * @param cutFrom from here on the line is cut
 * @param activeOpen whether an open contact is the active state
 * @param steadyMillis how long a new reading has to stand before it counts (去抖), 0 to 5 s
 */
public record LineLimits(int shortedBelow, int border, int cutFrom, boolean activeOpen, int steadyMillis) {

    private static final int LONGEST_STEADY_MILLIS = 5_000;

    public LineLimits {
        if (shortedBelow < 0 || border <= shortedBelow || cutFrom <= border) {
            throw new IllegalArgumentException("limits of a line rise: shorted below " + shortedBelow + ", border "
                    + border + ", cut from " + cutFrom);
        }
        if (steadyMillis < 0 || steadyMillis > LONGEST_STEADY_MILLIS) {
            throw new IllegalArgumentException(
                    "a reading stands 0 to " + LONGEST_STEADY_MILLIS + " ms, not " + steadyMillis);
        }
    }

    /** 1 kΩ and 2.2 kΩ at the end of the line, 50 ms. */
    public static LineLimits supervised(boolean activeOpen) {
        return new LineLimits(500, 2_000, 6_000, activeOpen, 50);
    }

    /** A plain contact: open or closed, nothing else can be told. */
    public static LineLimits plain(boolean activeOpen) {
        return new LineLimits(0, 2_000, Integer.MAX_VALUE, activeOpen, 50);
    }

    /** @param ohms the reading, not negative; a board without a converter says 0 for closed and 1,000,000 for open */
    public LineState read(int ohms) {
        if (ohms < shortedBelow) {
            return LineState.SHORTED;
        }
        if (ohms >= cutFrom) {
            return LineState.CUT;
        }
        return ohms >= border == activeOpen ? LineState.ACTIVE : LineState.NORMAL;
    }
}
