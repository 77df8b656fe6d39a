package io.zhitong.backend.events;

import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.JournalId;
import java.time.Instant;
import java.util.UUID;

/**
 * A record that contradicts what is stored of its journal (冲突记录); the record itself is kept whole.
 *
 * @param id rises with time
 */
public record JournalConflict(
        UUID id, DeviceId device, JournalId journal, long sequence, Conflict reason, Instant noticed) {}
