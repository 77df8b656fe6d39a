package io.zhitong.fleet;

import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.Hash;
import io.zhitong.accessmodel.JournalId;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.Watermark;
import io.zhitong.link.JournalSource;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * The journal of a simulated controller (模拟日志): real records with their chain, in memory, and in a small file where one is
 * given. It survives a kill of its controller. Safe for use by several threads.
 */
final class FleetJournal implements JournalSource {

    private final DeviceAddress device;
    private final JournalId id;
    private final Clock clock;
    private final Optional<JournalFile> file;
    private final LongConsumer acknowledgedAfter;
    private final List<JournalRecord> records = new ArrayList<>();
    private final List<Long> written = new ArrayList<>();
    private Hash last = Hash.ZERO;
    private long boot;
    private long acknowledged;

    /** @param acknowledgedAfter hears of each record how many nanoseconds after it was written the backend had it */
    FleetJournal(DeviceAddress device, Clock clock, Optional<JournalFile> file, LongConsumer acknowledgedAfter) {
        this.device = device;
        this.clock = clock;
        this.file = file;
        this.acknowledgedAfter = acknowledgedAfter;
        file.map(JournalFile::read).orElse(List.of()).forEach(record -> keep(record, 0));
        id = records.isEmpty()
                ? JournalId.draw(new SecureRandom())
                : records.get(0).journal();
        boot = records.isEmpty() ? 0 : records.get(records.size() - 1).boot();
    }

    private void keep(JournalRecord record, long nanos) {
        records.add(record);
        written.add(nanos);
        last = record.hash();
    }

    /** The controller has started once more. */
    synchronized void started() {
        boot++;
    }

    synchronized JournalRecord append(EventKind kind, PointId point, Octets body, ClockQuality quality) {
        JournalRecord record = new JournalRecord(
                device.community(),
                device.device(),
                id,
                records.size() + 1L,
                last,
                boot,
                clock.millis(),
                0,
                quality,
                kind.code(),
                point,
                body);
        file.ifPresent(open -> open.append(record));
        keep(record, System.nanoTime());
        return record;
    }

    @Override
    public JournalId journal() {
        return id;
    }

    @Override
    public synchronized long lastSequence() {
        return records.size();
    }

    @Override
    public synchronized long firstSequence() {
        return records.isEmpty() ? 0 : 1;
    }

    synchronized long unsent() {
        return records.size() - acknowledged;
    }

    @Override
    public synchronized List<JournalRecord> after(long sequence, int maxBytes) {
        List<JournalRecord> found = new ArrayList<>();
        int room = maxBytes;
        for (int at = (int) sequence; at < records.size(); at++) {
            JournalRecord next = records.get(at);
            room -= JournalRecord.HEADER_LENGTH + next.body().length();
            if (room < 0 && !found.isEmpty()) {
                break;
            }
            found.add(next);
        }
        return found;
    }

    @Override
    public synchronized void stored(Watermark watermark) {
        long now = System.nanoTime();
        for (long next = acknowledged + 1; next <= watermark.sequence(); next++) {
            long began = written.get((int) next - 1);
            if (began != 0) {
                acknowledgedAfter.accept(now - began);
            }
        }
        acknowledged = watermark.sequence();
    }

    /** Everything up to its last record is the backend's, and the backend's chain is this one. */
    synchronized boolean complete() {
        return acknowledged == records.size();
    }
}
