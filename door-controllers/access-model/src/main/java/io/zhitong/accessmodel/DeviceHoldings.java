package io.zhitong.accessmodel;

import java.util.List;

/**
 * What a controller must hold, as its lists say it (应持名单).
 *
 * @param version of the access list
 */
public record DeviceHoldings(
        ListVersion version,
        List<AccessRecord> access,
        List<GroupRecord> groups,
        List<Schedule> schedules,
        List<Holiday> holidays,
        List<PointRecord> points,
        List<AreaRecord> areas) {

    public DeviceHoldings {
        access = List.copyOf(access);
        groups = List.copyOf(groups);
        schedules = List.copyOf(schedules);
        holidays = List.copyOf(holidays);
        points = List.copyOf(points);
        areas = List.copyOf(areas);
    }
}
