package io.zhitong.backend.events;

import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.JournalId;
import java.time.Instant;

/**
 * Numbers of a journal that were never stored (缺号).
 *
 * @param declared whether the device itself said, signed, that it gave them up
 * @param noticed when a later record was stored before them
 */
public record JournalGap(DeviceId device, JournalId journal, long first, long last, boolean declared, Instant noticed) {
    public long count() {
        return last - first + 1;
    }
}
