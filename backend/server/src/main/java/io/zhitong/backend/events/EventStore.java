package io.zhitong.backend.events;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.Hash;
import io.zhitong.accessmodel.JournalId;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.ModelException;
import io.zhitong.accessmodel.Tombstone;
import io.zhitong.accessmodel.Watermark;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes over the journals of devices, each record exactly once (事件入库).
 *
 * <p>In one transaction: the journal's watermark is locked; what is at or below it is dropped after its hash agreed; what
 * leaves out numbers is a gap; the rest is stored and the watermark advanced. Positions are given out under a lock of the
 * community's order row that lasts until the commit, so that they become visible in their order: a reader that asks for
 * "after 17" can never miss an 18 that commits later. Thread-safe.
 */
@Component
public class EventStore {
    private final JdbcClient jdbc;
    private final EventRows rows;
    private final TransactionTemplate transactions;
    private final EventSignal signal;
    private final Clock clock;

    EventStore(JdbcClient jdbc, EventRows rows, TransactionTemplate transactions, EventSignal signal, Clock clock) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.transactions = transactions;
        this.signal = signal;
        this.clock = clock;
    }

    /** How far the journal is known; the device sends from the record after it. */
    public Watermark watermark(CommunityId community, DeviceId device, JournalId journal) {
        return rows.watermark(community, device, journal, false).orElse(Watermark.start(journal));
    }

    /**
     * Stores a batch of one journal and answers the watermark to acknowledge. When this returns it is committed.
     *
     * @param records of one journal of this device, ascending by sequence
     * @throws WrongSenderException when a record names another community, device or journal; nothing is stored
     */
    public Watermark append(CommunityId community, DeviceId device, JournalId journal, List<JournalRecord> records) {
        for (JournalRecord record : records) {
            requireOwn(community, device, journal, record);
        }
        Watermark reached = transactions.execute(status -> store(community, device, journal, records));
        signal.raise();
        return reached;
    }

    private static void requireOwn(CommunityId community, DeviceId device, JournalId journal, JournalRecord record) {
        if (!record.community().equals(community)
                || !record.device().equals(device)
                || !record.journal().equals(journal)) {
            throw new WrongSenderException("expected a record of device " + device.value() + " journal " + journal
                    + ", got one of device " + record.device().value() + " journal " + record.journal());
        }
    }

    private Watermark store(CommunityId community, DeviceId device, JournalId journal, List<JournalRecord> records) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Watermark watermark = rows.watermark(community, device, journal, true)
                .orElseGet(() -> rows.openJournal(community, device, journal, now));
        List<JournalRecord> fresh = new ArrayList<>();
        for (JournalRecord record : records) {
            if (record.sequence() <= watermark.sequence()) {
                compare(record, now);
            } else {
                noteBreak(watermark, record, now);
                fresh.add(record);
                watermark = record.watermark();
            }
        }
        if (!fresh.isEmpty()) {
            rows.insert(fresh, lockOrder(community, fresh.size()), now);
            rows.advance(community, device, watermark);
        }
        return watermark;
    }

    /** Dropped when it is what is stored; kept as a conflict when it is not. */
    private void compare(JournalRecord record, Instant now) {
        Optional<Hash> stored = rows.hashOf(record);
        if (stored.isEmpty()) {
            rows.conflict(record, Conflict.IN_A_GAP, now);
        } else if (!stored.get().equals(record.hash())) {
            rows.conflict(record, Conflict.OTHER_CONTENT, now);
        }
    }

    private void noteBreak(Watermark before, JournalRecord record, Instant now) {
        if (record.sequence() > before.sequence() + 1) {
            rows.gap(record, before.sequence() + 1, record.sequence() - 1, now);
        } else if (!record.previous().equals(before.hash())) {
            rows.conflict(record, Conflict.CHAIN_BROKEN, now);
        }
        if (record.kind() == EventKind.RECORDS_LOST) {
            tombstone(record).ifPresent(lost -> rows.declareGaps(record, lost));
        }
    }

    /** Empty for a body that this version cannot read: the record is stored, the gap stays unexplained, the journal goes on. */
    private static Optional<Tombstone> tombstone(JournalRecord record) {
        try {
            return Optional.of(Tombstone.decode(record.body().toByteArray()));
        } catch (ModelException e) {
            return Optional.empty();
        }
    }

    /** Answers the first of {@code count} positions; the row stays locked until the transaction ends. */
    private long lockOrder(CommunityId community, int count) {
        Optional<Long> last = jdbc.sql("select position from event_order where community_id = ? for update")
                .param(community.value())
                .query(Long.class)
                .optional();
        if (last.isEmpty()) {
            jdbc.sql("insert into event_order (community_id, position) values (?, ?)")
                    .params(community.value(), count)
                    .update();
            return 1;
        }
        jdbc.sql("update event_order set position = ? where community_id = ?")
                .params(last.get() + count, community.value())
                .update();
        return last.get() + 1;
    }

    static OffsetDateTime utc(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
