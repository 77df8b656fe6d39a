package io.zhitong.cardreaders;

import io.zhitong.cardspec.ReaderNotice;
import java.time.Duration;
import java.util.Set;

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

    /**
     * Tells whoever stands at the reader something: shows it, says it, or gives the light and sound that mean it. May be called from another
     * thread than the one that uses the reader otherwise, and does not wait for that one.
     *
     * @return by which means it was told; none where the reader has none, as with PC/SC
     */
    default Set<ReaderNotice.Means> tell(ReaderNotice notice) {
        return Set.of();
    }

    /** Powers the card up; the session ends with {@link CardSession#close()} or when the card leaves the field. */
    CardSession connect();

    @Override
    void close();
}
