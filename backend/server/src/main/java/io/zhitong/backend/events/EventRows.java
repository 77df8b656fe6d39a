package io.zhitong.backend.events;

import static io.zhitong.backend.events.EventStore.utc;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.Hash;
import io.zhitong.accessmodel.JournalId;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.Tombstone;
import io.zhitong.accessmodel.Watermark;
import io.zhitong.backend.foundation.TimeOrderedIds;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The SQL of {@link EventStore}. */
@Component
final class EventRows {
    private static final String INSERT =
            "insert into device_event (community_id, received_day, position, device_number,"
                    + " journal, sequence, kind, point, boot, device_millis, offset_millis, clock_quality, received_at, hash,"
                    + " record) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String OF_JOURNAL = " where community_id = ? and device_number = ? and journal = ?";

    private final JdbcClient jdbc;
    private final JdbcOperations batches;
    private final TimeOrderedIds ids;

    EventRows(JdbcClient jdbc, JdbcOperations batches, TimeOrderedIds ids) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.ids = ids;
    }

    Optional<Watermark> watermark(CommunityId community, DeviceId device, JournalId journal, boolean lock) {
        return jdbc.sql("select sequence, hash from device_journal" + OF_JOURNAL + (lock ? " for update" : ""))
                .params(community.value(), device.value(), journal.value())
                .query((row, n) -> new Watermark(journal, row.getLong(1), Hash.of(row.getBytes(2))))
                .optional();
    }

    Watermark openJournal(CommunityId community, DeviceId device, JournalId journal, Instant now) {
        Watermark start = Watermark.start(journal);
        jdbc.sql("insert into device_journal (community_id, device_number, journal, sequence, hash, opened_at)"
                        + " values (?, ?, ?, ?, ?, ?)")
                .params(
                        community.value(),
                        device.value(),
                        journal.value(),
                        start.sequence(),
                        start.hash().toByteArray(),
                        utc(now))
                .update();
        return start;
    }

    void advance(CommunityId community, DeviceId device, Watermark reached) {
        jdbc.sql("update device_journal set sequence = ?, hash = ?" + OF_JOURNAL)
                .params(
                        reached.sequence(),
                        reached.hash().toByteArray(),
                        community.value(),
                        device.value(),
                        reached.journal().value())
                .update();
    }

    Optional<Hash> hashOf(JournalRecord record) {
        return jdbc.sql("select hash from device_event" + OF_JOURNAL + " and sequence = ?")
                .params(
                        record.community().value(),
                        record.device().value(),
                        record.journal().value(),
                        record.sequence())
                .query((row, n) -> Hash.of(row.getBytes(1)))
                .optional();
    }

    void insert(List<JournalRecord> records, long firstPosition, Instant now) {
        List<Object[]> values = IntStream.range(0, records.size())
                .mapToObj(i -> values(records.get(i), firstPosition + i, now))
                .toList();
        batches.batchUpdate(INSERT, values);
    }

    private static Object[] values(JournalRecord record, long position, Instant now) {
        return new Object[] {
            record.community().value(),
            LocalDate.ofInstant(now, ZoneOffset.UTC),
            position,
            record.device().value(),
            record.journal().value(),
            record.sequence(),
            record.kindCode(),
            record.point().value(),
            record.boot(),
            record.deviceMillis(),
            record.offsetMillis(),
            record.quality().code(),
            utc(now),
            record.hash().toByteArray(),
            record.encode()
        };
    }

    void gap(JournalRecord after, long first, long last, Instant now) {
        insert(after, new Gap(first, last, utc(now)), false);
    }

    private void insert(JournalRecord of, Gap gap, boolean declared) {
        jdbc.sql("insert into event_gap (community_id, device_number, journal, first_sequence, last_sequence, declared,"
                        + " noticed_at) values (?, ?, ?, ?, ?, ?, ?)")
                .params(
                        of.community().value(),
                        of.device().value(),
                        of.journal().value(),
                        gap.first(),
                        gap.last(),
                        declared,
                        gap.noticed())
                .update();
    }

    /**
     * The device itself says what it gave up: that much of each hole is explained. A long outage leaves several statements,
     * each for a part of one hole, so a hole is cut at the borders of the statement.
     */
    void declareGaps(JournalRecord record, Tombstone lost) {
        for (Gap gap : undeclared(record, lost)) {
            jdbc.sql("delete from event_gap" + OF_JOURNAL + " and first_sequence = ?")
                    .params(
                            record.community().value(),
                            record.device().value(),
                            record.journal().value(),
                            gap.first())
                    .update();
            gap.before(lost.first()).ifPresent(rest -> insert(record, rest, false));
            insert(record, gap.within(lost.first(), lost.last()), true);
            gap.after(lost.last()).ifPresent(rest -> insert(record, rest, false));
        }
    }

    private List<Gap> undeclared(JournalRecord record, Tombstone lost) {
        return jdbc.sql("select first_sequence, last_sequence, noticed_at from event_gap" + OF_JOURNAL
                        + " and not declared and first_sequence <= ? and last_sequence >= ?")
                .params(
                        record.community().value(),
                        record.device().value(),
                        record.journal().value(),
                        lost.last(),
                        lost.first())
                .query((row, n) -> new Gap(
                        row.getLong("first_sequence"),
                        row.getLong("last_sequence"),
                        row.getObject("noticed_at", OffsetDateTime.class)))
                .list();
    }

    /** A hole in a journal (缺号): sequences from first to last. */
    private record Gap(long first, long last, OffsetDateTime noticed) {
        Optional<Gap> before(long sequence) {
            return first < sequence ? Optional.of(new Gap(first, sequence - 1, noticed)) : Optional.empty();
        }

        Gap within(long from, long to) {
            return new Gap(Math.max(first, from), Math.min(last, to), noticed);
        }

        Optional<Gap> after(long sequence) {
            return last > sequence ? Optional.of(new Gap(sequence + 1, last, noticed)) : Optional.empty();
        }
    }

    void conflict(JournalRecord record, Conflict reason, Instant now) {
        jdbc.sql("insert into event_conflict (community_id, id, device_number, journal, sequence, reason, noticed_at,"
                        + " record) values (?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        record.community().value(),
                        ids.next(),
                        record.device().value(),
                        record.journal().value(),
                        record.sequence(),
                        reason.name(),
                        utc(now),
                        record.encode())
                .update();
    }
}
