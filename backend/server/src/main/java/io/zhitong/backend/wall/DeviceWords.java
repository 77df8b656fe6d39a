package io.zhitong.backend.wall;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.ListHeader;
import io.zhitong.backend.devices.DeviceLists;
import io.zhitong.backend.devices.DeviceState;
import io.zhitong.backend.devices.DeviceStates;
import io.zhitong.backend.estate.Community;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.backend.estate.Estate;
import io.zhitong.link.DeviceStatus;
import io.zhitong.link.ListState;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Puts the states of devices into words (设备状态文字). */
@Component
public class DeviceWords {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final Estate estate;
    private final DeviceStates states;
    private final DeviceLists lists;
    private final MessageSource messages;

    DeviceWords(Estate estate, DeviceStates states, DeviceLists lists, MessageSource messages) {
        this.estate = estate;
        this.states = states;
        this.lists = lists;
        this.messages = messages;
    }

    public List<DeviceLine> lines(CommunityId community, Locale locale) {
        ZoneId zone = estate.community(community).map(Community::zone).orElse(ZoneOffset.UTC);
        Map<DeviceAddress, DeviceState> known = states.of(community);
        Map<DeviceAddress, List<ListHeader>> wanted = lists.headers(community);
        return estate.devices(community).stream()
                .map(device -> line(
                        device,
                        Optional.ofNullable(known.get(device.address())),
                        wanted.getOrDefault(device.address(), List.of()),
                        zone,
                        locale))
                .toList();
    }

    private DeviceLine line(
            DeviceRow device, Optional<DeviceState> state, List<ListHeader> wanted, ZoneId zone, Locale locale) {
        boolean up = state.map(DeviceState::connected).orElse(false);
        String word = state.isEmpty() ? "wall.device.never" : up ? "wall.device.up" : "wall.device.cut";
        Optional<DeviceStatus> status = state.flatMap(DeviceState::status);
        return new DeviceLine(
                device.id().value(),
                device.name(),
                up,
                messages.getMessage(word, null, locale),
                state.map(DeviceState::since).map(at -> time(at, zone)).orElse(""),
                proof(wanted, status),
                status.map(DeviceStatus::unsent).orElse(-1L),
                status.map(s -> String.join("; ", s.faults())).orElse(""));
    }

    /** A list counts as held when the device's own root of it equals ours. */
    private static String proof(List<ListHeader> wanted, Optional<DeviceStatus> status) {
        List<ListState> held = status.map(DeviceStatus::lists).orElse(List.of());
        long proved = wanted.stream()
                .filter(header -> held.stream()
                        .anyMatch(list ->
                                list.kind() == header.kind() && list.root().equals(header.root())))
                .count();
        return proved + "/" + wanted.size();
    }

    private static String time(Instant at, ZoneId zone) {
        return TIME.format(at.atZone(zone));
    }
}
