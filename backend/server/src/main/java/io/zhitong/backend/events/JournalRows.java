package io.zhitong.backend.events;

import static io.zhitong.backend.events.EventStore.utc;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.Hash;
import io.zhitong.accessmodel.JournalId;
import io.zhitong.accessmodel.Watermark;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The watermarks, one row a journal (日志水位). */
@Component
final class JournalRows {
    private static final String OF_JOURNAL = " where community_id = ? and device_number = ? and journal = ?";
    private static final String WATERMARK = "select sequence, hash from device_journal" + OF_JOURNAL;

    private final JdbcClient jdbc;
    private final JdbcOperations batches;

    JournalRows(JdbcClient jdbc, JdbcOperations batches) {
        this.jdbc = jdbc;
        this.batches = batches;
    }

    /** A journal of the community at hand. */
    record Key(DeviceId device, JournalId journal) {
        static Key of(EventBatch batch) {
            return new Key(batch.device().device(), batch.journal());
        }
    }

    Optional<Watermark> watermark(DeviceAddress device, JournalId journal) {
        return watermark(WATERMARK, device, journal);
    }

    private Optional<Watermark> watermark(String sql, DeviceAddress device, JournalId journal) {
        return jdbc.sql(sql)
                .params(device.community().value(), device.device().value(), journal.value())
                .query((row, n) -> new Watermark(journal, row.getLong(1), Hash.of(row.getBytes(2))))
                .optional();
    }

    /** Locks those of the journals that are known and that nobody else has locked, and answers their watermarks. */
    Map<Key, Watermark> lockFree(CommunityId community, List<EventBatch> wanted) {
        List<Object> params = new ArrayList<>();
        params.add(community.value());
        for (EventBatch batch : wanted) {
            params.add(batch.device().device().value());
            params.add(batch.journal().value());
        }
        Map<Key, Watermark> locked = new HashMap<>();
        jdbc.sql("select device_number, journal, sequence, hash from device_journal where community_id = ?"
                        + " and (device_number, journal) in ((?, ?)" + ", (?, ?)".repeat(wanted.size() - 1)
                        + ") order by device_number, journal for update skip locked")
                .params(params)
                .query(row -> {
                    JournalId journal = new JournalId(row.getLong(2));
                    locked.put(
                            new Key(new DeviceId(row.getLong(1)), journal),
                            new Watermark(journal, row.getLong(3), Hash.of(row.getBytes(4))));
                });
        return locked;
    }

    /** Waits for the journal's row, which is made if this is its first batch, and locks it. */
    Watermark lock(DeviceAddress device, JournalId journal, Instant now) {
        Optional<Watermark> known = watermark(WATERMARK + " for update", device, journal);
        if (known.isPresent()) {
            return known.get();
        }
        jdbc.sql("insert into device_journal (community_id, device_number, journal, sequence, hash, opened_at)"
                        + " values (?, ?, ?, 0, ?, ?) on conflict do nothing")
                .params(
                        device.community().value(),
                        device.device().value(),
                        journal.value(),
                        Hash.ZERO.toByteArray(),
                        utc(now))
                .update();
        return watermark(WATERMARK + " for update", device, journal).orElseThrow();
    }

    /** @param reached of each of the batches, whose rows are locked */
    void advance(List<EventBatch> stored, List<Watermark> reached) {
        if (stored.isEmpty()) {
            return;
        }
        batches.batchUpdate(
                "update device_journal set sequence = ?, hash = ?" + OF_JOURNAL,
                IntStream.range(0, stored.size())
                        .mapToObj(i -> new Object[] {
                            reached.get(i).sequence(),
                            reached.get(i).hash().toByteArray(),
                            stored.get(i).device().community().value(),
                            stored.get(i).device().device().value(),
                            stored.get(i).journal().value()
                        })
                        .toList());
    }
}
