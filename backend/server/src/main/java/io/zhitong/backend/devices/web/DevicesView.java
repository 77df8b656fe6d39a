package io.zhitong.backend.devices.web;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.backend.devices.DeviceCertificates;
import io.zhitong.backend.devices.DeviceState;
import io.zhitong.backend.devices.DeviceStates;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.backend.estate.Estate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What the page of the devices shows (设备页面内容). */
@Component
class DevicesView {
    private final Estate estate;
    private final DeviceStates states;
    private final DeviceCertificates certificates;

    DevicesView(Estate estate, DeviceStates states, DeviceCertificates certificates) {
        this.estate = estate;
        this.states = states;
        this.certificates = certificates;
    }

    /**
     * @param enrolled whether a certificate of it is believed
     * @param software name and version as it said in its newest connection, empty before its first
     * @param faults as it says now
     */
    record Row(long number, String name, boolean connected, boolean enrolled, String software, String faults) {}

    List<Row> rows(CommunityId community) {
        Map<DeviceAddress, DeviceState> known = states.of(community);
        return estate.devices(community).stream()
                .map(device -> row(device, Optional.ofNullable(known.get(device.address()))))
                .toList();
    }

    private Row row(DeviceRow device, Optional<DeviceState> state) {
        return new Row(
                device.id().value(),
                device.name(),
                state.filter(DeviceState::connected).isPresent(),
                certificates.enrolled(device.address()),
                state.map(DeviceState::software).orElse(""),
                state.flatMap(DeviceState::status)
                        .map(status -> String.join("; ", status.faults()))
                        .orElse(""));
    }
}
