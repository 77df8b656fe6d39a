package io.zhitong.backend.access;

import io.zhitong.accessmodel.AreaRecord;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.FloorGroup;
import io.zhitong.accessmodel.Holiday;
import io.zhitong.accessmodel.ListRecord;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.accessmodel.Schedule;
import io.zhitong.accessmodel.WiringRecord;

/**
 * A part of a policy that goes on a device's list as it is (名单条目): schedule, holiday, area, floors, a point's configuration, a
 * wire. The canonical bytes of the record are what is stored.
 */
public record ListItem(ItemKey key, String name, ListRecord record) implements PolicyItem {
    public ListItem {
        name = PolicyItem.named(name);
        if (record instanceof Schedule schedule && schedule.id() == Schedule.ALWAYS_ID) {
            throw new IllegalArgumentException("schedule 0 means always and is in no policy");
        }
    }

    public static ListItem schedule(String name, Schedule schedule) {
        return new ListItem(new ItemKey(ItemKind.SCHEDULE, schedule.id()), name, schedule);
    }

    public static ListItem holiday(String name, Holiday holiday) {
        return new ListItem(ItemKey.holiday(holiday.day()), name, holiday);
    }

    public static ListItem area(AreaRecord area) {
        return new ListItem(new ItemKey(ItemKind.AREA, area.area()), area.name(), area);
    }

    public static ListItem floors(String name, FloorGroup floors) {
        return new ListItem(new ItemKey(ItemKind.FLOORS, floors.id()), name, floors);
    }

    public static ListItem point(DeviceId device, PointRecord point) {
        return new ListItem(ItemKey.point(device, point.point()), point.name(), point);
    }

    public static ListItem wire(DeviceId device, WiringRecord wire) {
        return new ListItem(
                ItemKey.wire(device, wire.io(), wire.direction()), "%d-%d".formatted(device.value(), wire.io()), wire);
    }

    @Override
    public byte[] content() {
        return record.canonical();
    }

    @Override
    public String words() {
        return record instanceof FloorGroup floors
                ? name + " front " + floors.front() + " rear " + floors.rear()
                : name + " " + record;
    }
}
