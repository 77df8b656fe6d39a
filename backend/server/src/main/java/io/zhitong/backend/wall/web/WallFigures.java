package io.zhitong.backend.wall.web;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.backend.devices.DeviceState;
import io.zhitong.backend.devices.DeviceStates;
import io.zhitong.backend.estate.Community;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.events.EventReader;
import io.zhitong.backend.identity.ConsoleUser;
import io.zhitong.backend.identity.Role;
import io.zhitong.backend.wall.WallGroup;
import io.zhitong.backend.web.HomeFigure;
import io.zhitong.backend.web.HomeFigures;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;

/** Devices and today's events on the home page (首页：设备与事件). */
@Component
class WallFigures {
    private static final String WALL = "/wall";

    private final Estate estate;
    private final DeviceStates states;
    private final EventReader reader;
    private final Clock clock;

    WallFigures(Estate estate, DeviceStates states, EventReader reader, Clock clock) {
        this.estate = estate;
        this.states = states;
        this.reader = reader;
        this.clock = clock;
    }

    @Bean
    static HomeFigures wallHomeFigures(WallFigures figures) {
        return new HomeFigures(20, Set.of(Role.PROPERTY, Role.ADMIN), figures::figures);
    }

    private List<HomeFigure> figures(ConsoleUser user) {
        CommunityId community = user.community();
        List<DeviceRow> devices = estate.devices(community);
        long up = states.of(community).values().stream()
                .filter(DeviceState::connected)
                .count();
        Instant midnight = midnight(community);
        long passed = reader.count(community, midnight, Set.of(EventKind.ACCESS_GRANTED));
        long refused = reader.count(community, midnight, Set.of(EventKind.ACCESS_DENIED));
        return List.of(
                new HomeFigure("wall.figure.devices", up + "/" + devices.size(), WALL, up < devices.size()),
                new HomeFigure("wall.figure.passed", Long.toString(passed), WALL + "?show=" + WallGroup.ACCESS, false),
                new HomeFigure(
                        "wall.figure.refused", Long.toString(refused), WALL + "?show=" + WallGroup.ACCESS, false));
    }

    private Instant midnight(CommunityId community) {
        ZoneId zone = estate.community(community).map(Community::zone).orElse(ZoneOffset.UTC);
        return LocalDate.ofInstant(clock.instant(), zone).atStartOfDay(zone).toInstant();
    }
}
