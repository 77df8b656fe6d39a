package io.zhitong.backend.events;

import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.Hash;
import io.zhitong.accessmodel.JournalId;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PointId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A device's journal for tests: writes chained records and remembers them. */
public final class TestJournal {
    private static final long OFFSET = 250;

    private final CommunityId community;
    private final DeviceId device;
    private final JournalId id;
    private final List<JournalRecord> records = new ArrayList<>();

    public TestJournal(int community, long device, long journal) {
        this.community = new CommunityId(community);
        this.device = new DeviceId(device);
        this.id = new JournalId(journal);
    }

    public JournalRecord write(EventKind kind, int point, byte[] body) {
        Instant at = Instant.parse("2026-05-01T08:00:00Z").plusMillis(records.size());
        return write(kind, point, body, at.plusMillis(OFFSET), ClockQuality.values()[0]);
    }

    /** @param happened by the backend's clock */
    public JournalRecord write(EventKind kind, int point, byte[] body, Instant happened, ClockQuality quality) {
        Hash previous =
                records.isEmpty() ? Hash.ZERO : records.get(records.size() - 1).hash();
        JournalRecord record = new JournalRecord(
                community,
                device,
                id,
                records.size() + 1L,
                previous,
                1,
                happened.toEpochMilli() - OFFSET,
                OFFSET,
                quality,
                kind.code(),
                new PointId(point),
                Octets.of(body));
        records.add(record);
        return record;
    }

    /** Writes {@code count} plain records and answers all records so far. */
    public List<JournalRecord> fill(int count) {
        for (int i = 0; i < count; i++) {
            write(EventKind.DEVICE_STARTED, 0, new byte[0]);
        }
        return List.copyOf(records);
    }

    public List<JournalRecord> records() {
        return List.copyOf(records);
    }

    public CommunityId community() {
        return community;
    }

    public DeviceId device() {
        return device;
    }

    public JournalId id() {
        return id;
    }
}
