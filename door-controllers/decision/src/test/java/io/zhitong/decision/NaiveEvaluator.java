package io.zhitong.decision;

import io.zhitong.accessmodel.AccessRecord;
import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.CredentialStatus;
import io.zhitong.accessmodel.DenyReason;
import io.zhitong.accessmodel.GroupRecord;
import io.zhitong.accessmodel.Holiday;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.PointMode;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.accessmodel.Right;
import io.zhitong.accessmodel.Schedule;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * The engine a second time, as one long question-and-answer over the bare lists: no index, no rule objects, no code shared with
 * it. Answers the reason, NONE for a grant.
 */
final class NaiveEvaluator {

    private NaiveEvaluator() {}

    static DenyReason evaluate(Request request, PolicyLists lists) {
        if (!(request.presented() instanceof Presented.Genuine shown)) {
            return request.presented() instanceof Presented.Unread unread ? unread.reason() : DenyReason.NOT_GENUINE;
        }
        if (request.state().ordered().equals(Optional.of(PointMode.UNLOCKED))) {
            return DenyReason.NONE;
        }
        if (request.state().ordered().equals(Optional.of(PointMode.LOCKED))) {
            return DenyReason.LOCKED_DOWN;
        }
        PointRecord door = null;
        for (PointRecord candidate : lists.all(PointRecord.class)) {
            door = candidate.point().value() == request.point().value() ? candidate : door;
        }
        if (door == null || lists.version().equals(ListVersion.NONE)) {
            return DenyReason.LIST_MISSING;
        }
        boolean timeKnown = request.clock() != ClockQuality.UNKNOWN;
        long now = request.now().getEpochSecond();
        if (lists.leaseUntilSecond() != Long.MAX_VALUE && (!timeKnown || now >= lists.leaseUntilSecond())) {
            return timeKnown ? DenyReason.LEASE_ENDED : DenyReason.CLOCK_UNKNOWN;
        }
        for (AccessRecord entry : lists.all(AccessRecord.class)) {
            if (entry.credential().value() == shown.credential().value()) {
                return entry(entry, door, shown, request, lists, timeKnown, now);
            }
        }
        return DenyReason.UNKNOWN_CREDENTIAL;
    }

    private static DenyReason entry(
            AccessRecord entry,
            PointRecord door,
            Presented.Genuine shown,
            Request request,
            PolicyLists lists,
            boolean timeKnown,
            long now) {
        if (entry.status() != CredentialStatus.ACTIVE) {
            return DenyReason.valueOf(entry.status().name());
        }
        long from = entry.validity().fromSecond();
        long until = entry.validity().untilSecond();
        if (!timeKnown && (from != 0 || until != Long.MAX_VALUE)) {
            return DenyReason.CLOCK_UNKNOWN;
        }
        if (timeKnown && now >= until) {
            return DenyReason.EXPIRED;
        }
        if (timeKnown && now < from) {
            return DenyReason.NOT_YET_VALID;
        }
        if (shown.certificate() >= 0 && shown.certificate() < entry.leastCertificate()) {
            return DenyReason.CERTIFICATE_REPLACED;
        }
        if (door.methods().stream().noneMatch(shown.method()::equals)) {
            return DenyReason.METHOD_NOT_ALLOWED;
        }
        if (shown.level().compareTo(door.leastLevel()) < 0) {
            return DenyReason.LEVEL_TOO_LOW;
        }
        if (entry.uses() != 0xFFFF && entry.uses() <= request.passes()) {
            return DenyReason.USES_EXHAUSTED;
        }
        return rights(entry, request, lists, timeKnown);
    }

    private static DenyReason rights(AccessRecord entry, Request request, PolicyLists lists, boolean timeKnown) {
        DenyReason worst = DenyReason.NO_RIGHT_HERE;
        for (Right right : lists.all(GroupRecord.class).stream()
                .filter(group -> entry.groups().contains(group.group()))
                .flatMap(group -> group.rights().stream())
                .toList()) {
            if (right.point().value() == request.point().value()) {
                if (right.schedule() == 0 || timeKnown && open(right.schedule(), request, lists)) {
                    return DenyReason.NONE;
                }
                worst = timeKnown ? DenyReason.OUTSIDE_SCHEDULE : DenyReason.CLOCK_UNKNOWN;
            }
        }
        return worst;
    }

    static boolean open(int scheduleId, Request request, PolicyLists lists) {
        ZoneOffset offset = lists.zone().getRules().getOffset(request.now());
        OffsetDateTime wall = request.now().atOffset(offset);
        boolean holiday =
                lists.all(Holiday.class).stream().anyMatch(h -> h.day().equals(wall.toLocalDate()));
        for (Schedule schedule : lists.all(Schedule.class)) {
            for (Schedule.Window window : schedule.windows()) {
                LocalTime time = wall.toLocalTime();
                boolean begun = time.toSecondOfDay() >= window.fromMinute() * 60;
                boolean over = time.toSecondOfDay() >= window.toMinute() * 60;
                if (schedule.id() == scheduleId && day(window, wall.getDayOfWeek(), holiday) && begun && !over) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean day(Schedule.Window window, DayOfWeek weekday, boolean holiday) {
        String bits =
                String.format("%8s", Integer.toBinaryString(window.days())).replace(' ', '0');
        int position = holiday ? 0 : 8 - weekday.getValue();
        return bits.charAt(position) == '1';
    }
}
