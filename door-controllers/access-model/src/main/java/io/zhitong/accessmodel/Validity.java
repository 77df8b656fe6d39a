package io.zhitong.accessmodel;

import java.time.Instant;

/**
 * From when (included) until when (excluded) something holds (有效期); 16 bytes: from 8 ‖ until 8.
 *
 * @param fromSecond Unix seconds, 0 = since ever
 * @param untilSecond Unix seconds, 2⁶³−1 = without end
 */
public record Validity(long fromSecond, long untilSecond) {

    public static final Validity ALWAYS = new Validity(0, Long.MAX_VALUE);

    public Validity {
        ModelException.require(
                fromSecond >= 0 && untilSecond > fromSecond, ModelException.Reason.RANGE, "a from before its until");
    }

    public static Validity between(Instant from, Instant until) {
        return new Validity(from.getEpochSecond(), until.getEpochSecond());
    }

    public boolean begun(Instant now) {
        return now.getEpochSecond() >= fromSecond;
    }

    public boolean ended(Instant now) {
        return now.getEpochSecond() >= untilSecond;
    }

    public boolean contains(Instant now) {
        return begun(now) && !ended(now);
    }
}
