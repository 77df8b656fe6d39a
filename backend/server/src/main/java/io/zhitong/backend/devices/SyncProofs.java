package io.zhitong.backend.devices;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.ListHeader;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.backend.devices.SyncProof.OfDevice;
import io.zhitong.backend.devices.SyncProof.OfList;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.backend.estate.Estate;
import io.zhitong.link.DeviceStatus;
import io.zhitong.link.ListState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Compares what devices say to hold with what was signed for them (同步核对). Thread-safe. */
@Component
public class SyncProofs {
    private final Estate estate;
    private final DeviceStates states;
    private final DeviceLists lists;
    private final HeardAges ages;
    private final PolicyVersions versions;

    SyncProofs(Estate estate, DeviceStates states, DeviceLists lists, HeardAges ages, PolicyVersions versions) {
        this.estate = estate;
        this.states = states;
        this.lists = lists;
        this.ages = ages;
        this.versions = versions;
    }

    public SyncProof of(CommunityId community) {
        // What devices hold is read first: a list made meanwhile shows a device behind, never one in step that is not.
        Map<DeviceAddress, DeviceState> known = states.of(community);
        Map<DeviceAddress, Duration> heard = ages.of(community);
        boolean due = lists.due(community);
        Map<DeviceAddress, List<ListHeader>> wanted = lists.headers(community);
        List<OfDevice> devices = estate.devices(community).stream()
                .map(device -> device(
                        device,
                        Optional.ofNullable(known.get(device.address())),
                        Optional.ofNullable(heard.get(device.address())),
                        wanted.getOrDefault(device.address(), List.of())))
                .toList();
        return new SyncProof(versions.newest(community), due, devices);
    }

    private static OfDevice device(
            DeviceRow device, Optional<DeviceState> state, Optional<Duration> age, List<ListHeader> wanted) {
        boolean connected = state.map(DeviceState::connected).orElse(false);
        Optional<DeviceStatus> status = state.flatMap(DeviceState::status);
        return new OfDevice(
                device,
                connected,
                state.map(DeviceState::since),
                age.filter(any -> connected),
                status.isPresent(),
                status.map(told -> compared(wanted, told.lists())).orElseGet(() -> untold(wanted)));
    }

    private static List<OfList> compared(List<ListHeader> wanted, List<ListState> held) {
        List<OfList> lists = new ArrayList<>();
        for (ListKind kind : ListKind.values()) {
            Optional<ListHeader> ours =
                    wanted.stream().filter(header -> header.kind() == kind).findFirst();
            Optional<ListState> theirs =
                    held.stream().filter(list -> list.kind() == kind).findFirst();
            if (ours.isPresent() || theirs.isPresent()) {
                lists.add(new OfList(kind, ours, theirs, SyncState.of(ours, theirs)));
            }
        }
        return lists;
    }

    private static List<OfList> untold(List<ListHeader> wanted) {
        return wanted.stream()
                .map(header -> new OfList(header.kind(), Optional.of(header), Optional.empty(), SyncState.UNKNOWN))
                .toList();
    }
}
