package io.zhitong.edge;

import java.time.Duration;

/**
 * How much a journal keeps and for how long (日志限额).
 *
 * @param maxBytes room for records; the file itself may grow to about twice this
 * @param paymentReserve part of it that only payments may use
 * @param keep how long acknowledged records stay at least, space permitting
 * @param keepPayments the same for payment records
 */
public record JournalLimits(long maxBytes, long paymentReserve, Duration keep, Duration keepPayments) {

    public static final JournalLimits DEFAULT =
            new JournalLimits(64L << 20, 8L << 20, Duration.ofDays(7), Duration.ofDays(90));

    public JournalLimits {
        if (maxBytes < 16_384 || paymentReserve < 0 || paymentReserve >= maxBytes) {
            throw new EdgeException(
                    EdgeFault.CONFIG, "expected at least 16 KiB of journal, its reserve smaller than it");
        }
    }
}
