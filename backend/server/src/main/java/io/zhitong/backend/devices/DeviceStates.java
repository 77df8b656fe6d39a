package io.zhitong.backend.devices;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceAddress;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** The present state of devices, whichever gateway holds them (设备在线状态). Thread-safe. */
@Component
public class DeviceStates {
    private final DeviceLeases leases;

    DeviceStates(DeviceLeases leases) {
        this.leases = leases;
    }

    /** Empty for a device that never connected. */
    public Optional<DeviceState> of(DeviceAddress device) {
        return leases.state(device);
    }

    /** The devices that have ever connected. */
    public Map<DeviceAddress, DeviceState> of(CommunityId community) {
        return leases.states(community).stream().collect(Collectors.toMap(DeviceState::device, Function.identity()));
    }
}
