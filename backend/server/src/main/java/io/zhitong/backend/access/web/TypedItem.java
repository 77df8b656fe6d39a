package io.zhitong.backend.access.web;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.AntiPassback;
import io.zhitong.accessmodel.AreaRecord;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.Coded;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.FireSafety;
import io.zhitong.accessmodel.FloorGroup;
import io.zhitong.accessmodel.Holiday;
import io.zhitong.accessmodel.LockKind;
import io.zhitong.accessmodel.OfflinePolicy;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointKind;
import io.zhitong.accessmodel.PointMode;
import io.zhitong.accessmodel.PointModes;
import io.zhitong.accessmodel.PointPlace;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.accessmodel.PointTimes;
import io.zhitong.accessmodel.Schedule;
import io.zhitong.accessmodel.StalePolicy;
import io.zhitong.accessmodel.Trait;
import io.zhitong.accessmodel.WireDirection;
import io.zhitong.accessmodel.WireFunction;
import io.zhitong.accessmodel.WiringRecord;
import io.zhitong.backend.access.AccessRule;
import io.zhitong.backend.access.GroupKind;
import io.zhitong.backend.access.ItemKind;
import io.zhitong.backend.access.ListItem;
import io.zhitong.backend.access.PeopleGroup;
import io.zhitong.backend.access.PolicyItem;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.util.MultiValueMap;

/**
 * An item of a policy as a form gave it (录入的策略条目). What cannot be read or lies out of range is an {@link
 * IllegalArgumentException} or a {@link io.zhitong.accessmodel.ModelException}.
 */
final class TypedItem {
    private static final int LONGEST = 4_000;

    private final MultiValueMap<String, String> form;

    TypedItem(MultiValueMap<String, String> form) {
        this.form = form;
    }

    /** @param id of an item that is numbered: the one typed in, or a free one */
    PolicyItem item(ItemKind kind, long id) {
        return switch (kind) {
            case GROUP -> new PeopleGroup((int) id, text("name"), coded(GroupKind.class, "who"), traits(), members());
            case RULE ->
                new AccessRule(id, text("name"), number("group"), number("schedule"), number("floors"), where());
            case SCHEDULE ->
                ListItem.schedule(text("name"), new Schedule((int) id, TypedHours.windows(text("windows"))));
            case HOLIDAY -> ListItem.holiday(text("name"), new Holiday(LocalDate.parse(text("day"))));
            case AREA -> ListItem.area(area((int) id));
            case FLOORS ->
                ListItem.floors(
                        text("name"),
                        FloorGroup.of((int) id, TypedHours.floors(text("front")), TypedHours.floors(text("rear"))));
            case POINT -> ListItem.point(device(), point());
            case WIRE -> ListItem.wire(device(), wire());
        };
    }

    private AccessRule.Where where() {
        String[] place = text("where").split("-", -1);
        long device = place.length == 2 ? Long.parseLong(place[0]) : 0;
        int point = place.length == 2 ? Integer.parseInt(place[1]) : 0;
        return new AccessRule.Where(device, point, number("area"));
    }

    private Set<Trait> traits() {
        Set<Trait> traits = new HashSet<>();
        for (String code : all("trait")) {
            traits.add(Coded.require(Trait.class, Integer.parseInt(code)));
        }
        return traits;
    }

    private List<UUID> members() {
        return coded(GroupKind.class, "who") == GroupKind.RESIDENTS
                ? List.of()
                : all("of").stream().map(UUID::fromString).toList();
    }

    private AreaRecord area(int id) {
        return new AreaRecord(
                id,
                coded(AntiPassback.class, "passback"),
                number("minutes"),
                number("capacity"),
                coded(StalePolicy.class, "partition"),
                number("staleness"),
                text("name"));
    }

    private DeviceId device() {
        return new DeviceId(Long.parseLong(text("device")));
    }

    private PointRecord point() {
        Set<AccessMethod> methods = new HashSet<>();
        for (String code : all("method")) {
            methods.add(Coded.require(AccessMethod.class, Integer.parseInt(code)));
        }
        return new PointRecord(
                new PointId(number("point")),
                PointKind.DOOR,
                methods,
                coded(CarrierLevel.class, "least"),
                new PointModes(
                        coded(PointMode.class, "mode"),
                        coded(PointMode.class, "other"),
                        number("otherSchedule"),
                        number("unlockSchedule")),
                new PointPlace(number("fromArea"), number("toArea"), number("interlock"), number("threat")),
                new FireSafety(
                        number("fireZone"),
                        number("fireContact"),
                        !all("escape").isEmpty(),
                        coded(LockKind.class, "lock")),
                coded(OfflinePolicy.class, "offline"),
                number("lease"),
                new PointTimes(number("pulse"), number("longer"), number("held")),
                text("name"));
    }

    private WiringRecord wire() {
        return new WiringRecord(
                number("io"),
                coded(WireDirection.class, "direction"),
                new PointId(number("point")),
                coded(WireFunction.class, "function"),
                !all("supervised").isEmpty(),
                !all("inverted").isEmpty(),
                number("number"));
    }

    /** What was typed, without what stands around it; nothing for a field that did not come. */
    String text(String field) {
        String typed = form.getFirst(field);
        if (typed == null) {
            return "";
        }
        if (typed.length() > LONGEST) {
            throw new IllegalArgumentException("a field has at most " + LONGEST + " characters");
        }
        return typed.strip();
    }

    /** 0 for an empty field. */
    int number(String field) {
        return text(field).isEmpty() ? 0 : Integer.parseInt(text(field));
    }

    private List<String> all(String field) {
        return form.getOrDefault(field, List.of()).stream()
                .filter(each -> each != null && !each.isBlank())
                .toList();
    }

    private <E extends Enum<E> & Coded> E coded(Class<E> type, String field) {
        return Coded.require(type, number(field));
    }
}
