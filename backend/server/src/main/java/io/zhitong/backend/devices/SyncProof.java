package io.zhitong.backend.devices;

import io.zhitong.accessmodel.ListHeader;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.link.ListState;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which devices hold what they should, each proved by the root it computed itself (同步证明).
 *
 * @param version of the policy the lists are made from
 * @param compiling whether something has changed that is in no list yet
 */
public record SyncProof(long version, boolean compiling, List<OfDevice> devices) {
    public SyncProof {
        devices = List.copyOf(devices);
    }

    /** Devices that are connected and hold everything. */
    public long inStep() {
        return devices.stream().filter(OfDevice::proved).count();
    }

    public boolean all() {
        return inStep() == devices.size() && !compiling;
    }

    /** Age of the oldest root that counts. */
    public Duration oldest() {
        return devices.stream()
                .filter(OfDevice::proved)
                .flatMap(device -> device.age().stream())
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /**
     * One device.
     *
     * @param since when it came or went; nothing if it never connected
     * @param age of its last heartbeat; nothing while it is cut
     */
    public record OfDevice(
            DeviceRow device,
            boolean connected,
            Optional<Instant> since,
            Optional<Duration> age,
            boolean told,
            List<OfList> lists) {
        public OfDevice {
            lists = List.copyOf(lists);
        }

        public boolean proved() {
            return connected && told && lists.stream().allMatch(OfList::good);
        }

        public List<OfList> differing() {
            return lists.stream()
                    .filter(list -> list.state() != SyncState.IN_STEP)
                    .toList();
        }
    }

    /** One list of a device. */
    public record OfList(ListKind kind, Optional<ListHeader> wanted, Optional<ListState> held, SyncState state) {
        /** Where people and cars are changes with every passage: a device about to hear the newest is in step with its rules. */
        boolean good() {
            return state == SyncState.IN_STEP
                    || kind.tellsState() && (state == SyncState.BEHIND || state == SyncState.MISSING);
        }
    }
}
