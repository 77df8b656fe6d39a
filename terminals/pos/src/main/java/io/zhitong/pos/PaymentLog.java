package io.zhitong.pos;

import io.zhitong.accessmodel.EventKind;
import java.util.function.BiConsumer;

/** What the till needs of its device's journal (支付日志). */
interface PaymentLog {
    /** Whether a sale that begins now could be journalled to its end. */
    boolean hasRoom();

    /**
     * Returns when the record would survive a power cut.
     *
     * @throws RuntimeException if it would not: nothing was written
     */
    void append(EventKind kind, byte[] body);

    /** All payment records that are still kept, oldest first. */
    void replay(BiConsumer<EventKind, byte[]> reader);
}
