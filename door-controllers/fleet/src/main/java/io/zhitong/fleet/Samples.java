package io.zhitong.fleet;

import java.util.Arrays;
import java.util.Locale;

/** Durations that were measured, in nanoseconds (测得时长). Keeps the first million. Safe for use by several threads. */
final class Samples {

    private static final int MOST = 1_000_000;
    private static final double NANOS_A_MILLI = 1e6;

    private long[] nanos = new long[64];
    private int size;

    synchronized void add(long each) {
        if (size == MOST) {
            return;
        }
        if (size == nanos.length) {
            nanos = Arrays.copyOf(nanos, Math.min(MOST, 2 * size));
        }
        nanos[size++] = each;
    }

    synchronized int count() {
        return size;
    }

    /** The value that {@code part} of all do not exceed, ms; 0 without any. */
    synchronized double millis(double part) {
        if (size == 0) {
            return 0;
        }
        long[] rising = Arrays.copyOf(nanos, size);
        Arrays.sort(rising);
        return rising[Math.min(size - 1, (int) Math.ceil(part * size) - 1)] / NANOS_A_MILLI;
    }

    String json() {
        return String.format(
                Locale.ROOT,
                "{\"count\": %d, \"p50\": %.3f, \"p90\": %.3f, \"p99\": %.3f, \"max\": %.3f}",
                count(),
                millis(0.5),
                millis(0.9),
                millis(0.99),
                millis(1));
    }
}
