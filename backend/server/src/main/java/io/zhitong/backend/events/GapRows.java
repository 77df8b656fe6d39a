package io.zhitong.backend.events;

import static io.zhitong.backend.events.EventStore.utc;

import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.Hash;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.ModelException;
import io.zhitong.accessmodel.Tombstone;
import io.zhitong.backend.events.EventBatch.Chained;
import io.zhitong.backend.events.Judgement.Finding;
import io.zhitong.backend.foundation.TimeOrderedIds;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What is missing from journals and what contradicts them (缺号与冲突). */
@Component
final class GapRows {
    private static final String OF_JOURNAL = " where community_id = ? and device_number = ? and journal = ?";

    private final JdbcClient jdbc;
    private final TimeOrderedIds ids;
    private final DeviceSignatures signatures;

    GapRows(JdbcClient jdbc, TimeOrderedIds ids, DeviceSignatures signatures) {
        this.jdbc = jdbc;
        this.ids = ids;
        this.signatures = signatures;
    }

    void note(Finding finding, Instant now) {
        JournalRecord record = finding.at().record();
        if (finding instanceof Finding.Hole hole) {
            insert(record, new Gap(hole.first(), hole.last(), utc(now)), false);
        } else if (finding instanceof Finding.Broken) {
            conflict(record, Conflict.CHAIN_BROKEN, now);
        } else {
            tombstone(record).ifPresent(lost -> believe(record, lost, now));
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

    /** A statement explains a gap only when the device itself signed it. */
    private void believe(JournalRecord record, Tombstone lost, Instant now) {
        byte[] message = Tombstone.message(
                record.community(),
                record.device(),
                record.journal(),
                lost.cause(),
                lost.first(),
                lost.last(),
                lost.count(),
                lost.hash());
        DeviceAddress device = new DeviceAddress(record.community(), record.device());
        if (signatures.signed(device, message, lost.signature().toByteArray())) {
            declareGaps(record, lost);
        } else {
            conflict(record, Conflict.NOT_SIGNED, now);
        }
    }

    /** Drops what is what is stored; keeps as a conflict what is not. */
    void compare(List<Chained> below, Instant now) {
        if (below.isEmpty()) {
            return;
        }
        Map<Long, Hash> stored = stored(below);
        for (Chained each : below) {
            Optional<Hash> there = Optional.ofNullable(stored.get(each.sequence()));
            if (there.isPresent() && !there.get().equals(each.hash())) {
                conflict(each.record(), Conflict.OTHER_CONTENT, now);
            } else if (there.isEmpty() && missing(each.record())) {
                conflict(each.record(), Conflict.IN_A_GAP, now);
            }
        }
    }

    private Map<Long, Hash> stored(List<Chained> records) {
        JournalRecord any = records.get(0).record();
        Map<Long, Hash> stored = new HashMap<>();
        jdbc.sql("select sequence, hash from device_event where community_id = :community and device_number = :device"
                        + " and journal = :journal and sequence in (:sequences)")
                .param("community", any.community().value())
                .param("device", any.device().value())
                .param("journal", any.journal().value())
                .param("sequences", records.stream().map(Chained::sequence).toList())
                .query(row -> {
                    stored.put(row.getLong(1), Hash.of(row.getBytes(2)));
                });
        return stored;
    }

    /** What is neither stored nor missing was stored once and its time of keeping is over. */
    private boolean missing(JournalRecord record) {
        return jdbc.sql("select count(*) from event_gap" + OF_JOURNAL
                                + " and first_sequence <= ? and last_sequence >= ?")
                        .params(
                                record.community().value(),
                                record.device().value(),
                                record.journal().value(),
                                record.sequence(),
                                record.sequence())
                        .query(Long.class)
                        .single()
                > 0;
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
    private void declareGaps(JournalRecord record, Tombstone lost) {
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

    private void conflict(JournalRecord record, Conflict reason, Instant now) {
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
