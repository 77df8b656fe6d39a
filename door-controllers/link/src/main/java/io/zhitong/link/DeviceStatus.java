package io.zhitong.link;

import io.zhitong.accessmodel.ClockQuality;
import java.util.List;

/**
 * A heartbeat (心跳).
 *
 * @param deviceMillis the device's clock, ms since 1970
 * @param lastSequence newest record of its journal
 * @param unsent records not acknowledged yet
 * @param refused bad input counted since the device started
 * @param faults what does not work, in words; empty = healthy
 */
public record DeviceStatus(
        long deviceMillis,
        ClockQuality quality,
        long lastSequence,
        long unsent,
        long refused,
        List<ListState> lists,
        List<String> faults) {

    public DeviceStatus {
        lists = List.copyOf(lists);
        faults = List.copyOf(faults);
    }
}
