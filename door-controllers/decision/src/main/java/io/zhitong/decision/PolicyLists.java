package io.zhitong.decision;

import io.zhitong.accessmodel.AccessRecord;
import io.zhitong.accessmodel.Holiday;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.accessmodel.Schedule;
import java.time.ZoneId;
import java.util.Collection;

/**
 * The lists of one device as they stood at one time (策略名单). The same lists given again decide the same again: that is how
 * a past denial is replayed.
 *
 * @param version of the access list; {@link ListVersion#NONE} = the device has none yet
 * @param leaseUntilSecond Unix seconds from which the access list no longer grants, 2⁶³−1 = never
 * @param zone of the community
 */
public record PolicyLists(
        ListVersion version,
        long leaseUntilSecond,
        ZoneId zone,
        Collection<AccessRecord> access,
        Collection<Schedule> schedules,
        Collection<Holiday> holidays,
        Collection<PointRecord> points) {}
