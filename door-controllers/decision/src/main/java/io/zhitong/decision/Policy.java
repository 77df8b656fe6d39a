package io.zhitong.decision;

import io.zhitong.accessmodel.AccessRecord;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.accessmodel.Schedule;
import io.zhitong.cardspec.CredentialNumber;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The lists of one device, indexed for deciding (策略索引). Unchangeable: a new list makes a new policy, which is swapped in as
 * a whole. Thread-safe.
 */
public final class Policy {

    private final ListVersion version;
    private final long leaseUntilSecond;
    private final ZoneId zone;
    private final Map<CredentialNumber, AccessRecord> access;
    private final Map<Integer, Schedule> schedules = new HashMap<>();
    private final Set<LocalDate> holidays = new HashSet<>();
    private final Map<PointId, PointRecord> points = new HashMap<>();

    public Policy(PolicyLists lists) {
        version = lists.version();
        leaseUntilSecond = lists.leaseUntilSecond();
        zone = lists.zone();
        access = new HashMap<>(lists.access().size() * 2);
        lists.access().forEach(record -> access.put(record.credential(), record));
        lists.schedules().forEach(schedule -> schedules.put(schedule.id(), schedule));
        schedules.put(Schedule.ALWAYS_ID, Schedule.ALWAYS);
        lists.holidays().forEach(holiday -> holidays.add(holiday.day()));
        lists.points().forEach(point -> points.put(point.point(), point));
    }

    public ListVersion version() {
        return version;
    }

    public ZoneId zone() {
        return zone;
    }

    public Optional<PointRecord> point(PointId id) {
        return Optional.ofNullable(points.get(id));
    }

    public Optional<AccessRecord> record(CredentialNumber credential) {
        return Optional.ofNullable(access.get(credential));
    }

    /** Nothing when the list of schedules does not hold it: then the right that names it never holds. */
    public Optional<Schedule> schedule(int id) {
        return Optional.ofNullable(schedules.get(id));
    }

    boolean leaseEnded(Instant now) {
        return now.getEpochSecond() >= leaseUntilSecond;
    }

    boolean leaseLimited() {
        return leaseUntilSecond != Long.MAX_VALUE;
    }

    /** Whether the schedule holds at that instant, read off the wall clock of the community. */
    boolean holds(Schedule schedule, Instant now) {
        ZonedDateTime local = now.atZone(zone);
        return schedule.holds(local.toLocalDateTime(), holidays.contains(local.toLocalDate()));
    }
}
