package io.zhitong.cardreaders;

import java.time.Duration;

/**
 * A place where a card can lie (读卡器): a contactless reader, a contact slot, or a SAM slot.
 *
 * <p>A reader is used by one thread at a time. A reader whose driver went away throws
 * {@link io.zhitong.cardspec.CardException}; the next call tries the driver afresh, so a caller only repeats.
 */
public interface CardReader extends AutoCloseable {
    /** The name by which the driver knows this reader. */
    String name();

    /** Whether a card lies on the reader now. */
    boolean cardPresent();

    /**
     * Waits until presence differs from {@code known}, at most {@code timeout}.
     *
     * @return presence at the end of the wait
     */
    boolean awaitChange(boolean known, Duration timeout);

    /** Powers the card up; the session ends with {@link CardSession#close()} or when the card leaves the field. */
    CardSession connect();

    @Override
    void close();
}
