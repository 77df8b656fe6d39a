package io.zhitong.accessmodel;

import java.util.Comparator;

/**
 * Version of a signed list (名单版本). A backend restored from backup opens a new epoch, so that a number used before
 * the loss is never used for something else.
 *
 * @param epoch u32, from 1 (0 only in {@link #NONE})
 * @param number u63, from 1 within an epoch
 */
public record ListVersion(long epoch, long number) implements Comparable<ListVersion> {

    /** Length of epoch 4 ‖ number 8. */
    public static final int LENGTH = 12;

    /** "No list yet": lower than every other. */
    public static final ListVersion NONE = new ListVersion(0, 0);

    private static final Comparator<ListVersion> ORDER =
            Comparator.comparingLong(ListVersion::epoch).thenComparingLong(ListVersion::number);

    public ListVersion {
        ModelException.require(
                epoch >= 0 && epoch <= 0xFFFF_FFFFL && number >= 0,
                ModelException.Reason.RANGE,
                "epoch u32 and number u63");
    }

    @Override
    public int compareTo(ListVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return epoch + "." + number;
    }
}
