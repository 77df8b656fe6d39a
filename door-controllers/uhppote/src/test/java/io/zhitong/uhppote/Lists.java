package io.zhitong.uhppote;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.AccessRecord;
import io.zhitong.accessmodel.AreaRecord;
import io.zhitong.accessmodel.Carrier;
import io.zhitong.accessmodel.CarrierKind;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.CredentialStatus;
import io.zhitong.accessmodel.DeviceHoldings;
import io.zhitong.accessmodel.GroupRecord;
import io.zhitong.accessmodel.Holiday;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointKind;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.accessmodel.PointTimes;
import io.zhitong.accessmodel.Right;
import io.zhitong.accessmodel.Schedule;
import io.zhitong.accessmodel.Trait;
import io.zhitong.accessmodel.Validity;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.smcrypto.ByteWriter;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Lists of a small house, changed by a test and taken as what a board shall hold. */
final class Lists {
    static final int OFFICE_HOURS = 9;

    final List<AccessRecord> access = new ArrayList<>();
    final List<GroupRecord> groups = new ArrayList<>();
    final List<Schedule> schedules = new ArrayList<>();
    final List<Holiday> holidays = new ArrayList<>();
    final List<PointRecord> points = new ArrayList<>();
    final List<AreaRecord> areas = new ArrayList<>();
    long version = 1;

    /** Two doors; group 1 always at both, group 2 in office hours at door 1. */
    static Lists ofTwoDoors() {
        Lists lists = new Lists();
        lists.points.add(door(1));
        lists.points.add(door(2));
        lists.groups.add(new GroupRecord(
                1,
                List.of(
                        new Right(new PointId(1), Schedule.ALWAYS_ID, 11),
                        new Right(new PointId(2), Schedule.ALWAYS_ID, 11))));
        lists.groups.add(new GroupRecord(2, List.of(new Right(new PointId(1), OFFICE_HOURS, 12))));
        lists.schedules.add(new Schedule(OFFICE_HOURS, List.of(new Schedule.Window(0x1F, 8 * 60, 18 * 60))));
        return lists;
    }

    static PointRecord door(int number) {
        return PointRecord.of(
                new PointId(number),
                PointKind.DOOR,
                Set.of(AccessMethod.NUMBER),
                CarrierLevel.COPIED_NUMBER,
                PointTimes.of(5_000, 0),
                "door " + number);
    }

    static CredentialNumber credential(long number) {
        return new CredentialNumber(0x4403_0700_0000_0000L + number);
    }

    static Carrier legacy(long number) {
        return new Carrier(
                CarrierKind.LEGACY_NUMBER,
                CarrierLevel.COPIED_NUMBER,
                Octets.of(new ByteWriter().u64(number).toByteArray()));
    }

    static AccessRecord person(long number, Validity validity, Set<Trait> traits, int... groups) {
        return new AccessRecord(
                credential(number),
                0,
                CredentialStatus.ACTIVE,
                traits,
                validity,
                AccessRecord.UNLIMITED,
                0,
                java.util.Arrays.stream(groups).boxed().toList(),
                List.of(legacy(number)));
    }

    Lists with(long number, int... ofGroups) {
        access.add(person(number, Validity.ALWAYS, Set.of(), ofGroups));
        return this;
    }

    Lists without(long number) {
        access.removeIf(record -> record.credential().equals(credential(number)));
        return this;
    }

    Lists holiday(String day) {
        holidays.add(new Holiday(LocalDate.parse(day)));
        return this;
    }

    /** With the door's record replaced. */
    Lists point(PointRecord other) {
        points.removeIf(point -> point.point().equals(other.point()));
        points.add(other);
        return this;
    }

    DeviceHoldings holdings() {
        return new DeviceHoldings(new ListVersion(1, version), access, groups, schedules, holidays, points, areas);
    }
}
