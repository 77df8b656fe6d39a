package io.zhitong.backend.events;

import io.zhitong.accessmodel.JournalRecord;
import java.time.Instant;

/**
 * A device's journal record as the backend holds it (已存事件).
 *
 * @param position order of storing within the community, from 1: what cursors count by
 * @param received when the backend took it over
 * @param record as the device wrote it
 */
public record StoredEvent(long position, Instant received, JournalRecord record) {
    /** When it happened, in backend time as the device estimated it. */
    public Instant happened() {
        return Instant.ofEpochMilli(record.deviceMillis() + record.offsetMillis());
    }
}
