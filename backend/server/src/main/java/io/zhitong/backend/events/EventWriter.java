package io.zhitong.backend.events;

import io.zhitong.backend.events.EventBatch.Chained;
import java.time.Instant;
import java.util.List;

/** Brings rows into {@code device_event} in the running transaction, each engine in its fastest way (写入事件). */
sealed interface EventWriter permits CopyWriter, InsertWriter {
    /** The columns both write, in this order. */
    String COLUMNS = "community_id, received_day, position, device_number, journal, sequence, kind, point, boot,"
            + " device_millis, offset_millis, clock_quality, received_at, hash, record";

    int COLUMN_COUNT = 15;

    /** @param rows in the order of their positions, from {@code place.first()} on without a hole */
    void write(List<Chained> rows, OrderRows.Place place, Instant now);
}
