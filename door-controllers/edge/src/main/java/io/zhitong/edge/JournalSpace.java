package io.zhitong.edge;

import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.Hash;
import io.zhitong.accessmodel.JournalRecord;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Which records of a full journal go first (日志腾位): acknowledged ones (payments only after their time), then plain
 * events the backend never saw, then alarms; payments that were not acknowledged never. The newest record always stays:
 * the chain goes on from it. One per transaction.
 */
final class JournalSpace {

    /** Room of a tombstone record. */
    static final int TOMBSTONE = JournalRecord.HEADER_LENGTH + 122;

    /** More is freed than is missing, or every record of a full journal would bring its own tombstone. */
    private static final int SLACK = 4 * 1024;

    private static final int STEP = 64;
    private static final int MAX_AGED = 256;

    /**
     * Records that the backend never saw and never will (丢失的记录).
     *
     * @param hash chain hash of record {@code last}
     */
    record Lost(long first, long last, long count, Hash hash) {
        static Lost of(JournalRecord record) {
            return new Lost(record.sequence(), record.sequence(), 1, record.hash());
        }

        Lost and(JournalRecord record) {
            boolean later = record.sequence() > last;
            return new Lost(
                    Math.min(first, record.sequence()),
                    Math.max(last, record.sequence()),
                    count + 1,
                    later ? record.hash() : hash);
        }
    }

    private final Connection connection;
    private final JournalLimits limits;
    private final long stored;
    private final long newest;
    private final long now;
    private long freed;
    private Optional<Lost> lost = Optional.empty();

    /**
     * @param stored the backend has everything up to this sequence
     * @param newest the record that must stay
     * @param now the device's own clock, ms since 1970
     */
    JournalSpace(Connection connection, JournalLimits limits, long stored, long newest, long now) {
        this.connection = connection;
        this.limits = limits;
        this.stored = stored;
        this.newest = newest;
        this.now = now;
    }

    long freed() {
        return freed;
    }

    /**
     * Frees at least {@code missing} bytes, tombstone included.
     *
     * @return what was lost by it, if anything
     * @throws EdgeException JOURNAL_FULL if what may go is not enough
     */
    Optional<Lost> free(long missing) throws SQLException {
        if (!couldFree(missing)) {
            throw new EdgeException(
                    EdgeFault.JOURNAL_FULL, "only records that must stay are left: connect the backend");
        }
        long target = missing + SLACK;
        long known = Math.min(stored, newest - 1);
        take(EventKind.Lane.PLAIN, known, Long.MAX_VALUE, target, false);
        take(EventKind.Lane.ALARM, known, Long.MAX_VALUE, target, false);
        take(EventKind.Lane.PAYMENT, known, paymentsBefore(), target, false);
        if (freed < missing) {
            take(EventKind.Lane.PLAIN, newest - 1, Long.MAX_VALUE, target + TOMBSTONE, true);
        }
        if (freed < missing + TOMBSTONE && lost.isPresent() || freed < missing) {
            take(EventKind.Lane.ALARM, newest - 1, Long.MAX_VALUE, missing + TOMBSTONE, true);
        }
        return lost;
    }

    /** Whether {@link #free} would succeed; changes nothing. */
    boolean couldFree(long missing) throws SQLException {
        if (missing <= 0) {
            return true;
        }
        long free = JournalTables.number(
                connection,
                "select coalesce(sum(length(bytes)), 0) from record where sequence < ?"
                        + " and (lane <> ? or sequence <= ? and written < ?)",
                newest,
                EventKind.Lane.PAYMENT.ordinal(),
                stored,
                paymentsBefore());
        return free >= missing + TOMBSTONE;
    }

    /** Drops what was acknowledged and has had its time. */
    void dropAged() throws SQLException {
        long known = Math.min(stored, newest - 1);
        long before = now - limits.keep().toMillis();
        drop(JournalTables.oldest(connection, EventKind.Lane.PLAIN, known, before, MAX_AGED));
        drop(JournalTables.oldest(connection, EventKind.Lane.ALARM, known, before, MAX_AGED));
        drop(JournalTables.oldest(connection, EventKind.Lane.PAYMENT, known, paymentsBefore(), MAX_AGED));
    }

    private long paymentsBefore() {
        return now - limits.keepPayments().toMillis();
    }

    private void take(EventKind.Lane lane, long upTo, long writtenBefore, long target, boolean counts)
            throws SQLException {
        while (freed < target) {
            List<JournalRecord> oldest = JournalTables.oldest(connection, lane, upTo, writtenBefore, STEP);
            if (oldest.isEmpty()) {
                return;
            }
            drop(oldest);
            if (counts) {
                oldest.forEach(record ->
                        lost = Optional.of(lost.map(run -> run.and(record)).orElseGet(() -> Lost.of(record))));
            }
        }
    }

    private void drop(List<JournalRecord> records) throws SQLException {
        for (JournalRecord record : records) {
            JournalTables.delete(connection, record.sequence());
            freed += JournalRecord.HEADER_LENGTH + record.body().length();
        }
    }
}
