package io.zhitong.backend.access;

import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.PointModes;
import io.zhitong.accessmodel.PointPlace;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.accessmodel.WiringRecord;
import io.zhitong.backend.estate.PointRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether all that a policy names is there, and within bounds (策略检查). */
final class PolicyCheck {
    private static final int MOST_RIGHTS = 1_024;

    private final PolicyContent content;
    private final List<PointRow> points;
    private final Set<ItemKey> known = new HashSet<>();
    private final List<PolicyFault.Found> found = new ArrayList<>();

    private PolicyCheck(PolicyContent content, List<PointRow> points) {
        this.content = content;
        this.points = points;
        content.items().forEach(item -> known.add(item.key()));
    }

    /** Rising by key; empty = it can be put in force. */
    static List<PolicyFault.Found> of(PolicyContent content, List<PointRow> points) {
        PolicyCheck check = new PolicyCheck(content, points);
        for (ItemKind kind : ItemKind.values()) {
            List<PolicyItem> items = content.of(kind);
            check.require(items.size() <= kind.most(), new ItemKey(kind, 0), PolicyFault.TOO_MANY);
        }
        content.rules().forEach(check::rule);
        content.of(ItemKind.POINT).forEach(item -> check.point((ListItem) item));
        content.of(ItemKind.WIRE).forEach(item -> check.wire((ListItem) item));
        check.rights();
        return List.copyOf(check.found);
    }

    private void require(boolean holds, ItemKey where, PolicyFault otherwise) {
        if (!holds) {
            found.add(new PolicyFault.Found(where, otherwise));
        }
    }

    private void named(ItemKind kind, long id, ItemKey where, PolicyFault otherwise) {
        require(id == 0 || known.contains(new ItemKey(kind, id)), where, otherwise);
    }

    private void rule(AccessRule rule) {
        named(ItemKind.GROUP, rule.group(), rule.key(), PolicyFault.UNKNOWN_GROUP);
        named(ItemKind.SCHEDULE, rule.schedule(), rule.key(), PolicyFault.UNKNOWN_SCHEDULE);
        named(ItemKind.FLOORS, rule.floors(), rule.key(), PolicyFault.UNKNOWN_FLOORS);
        named(ItemKind.AREA, rule.where().area(), rule.key(), PolicyFault.UNKNOWN_AREA);
        AccessRule.Where where = rule.where();
        require(
                where.device() == 0
                        || points.stream()
                                .anyMatch(point -> point.device().value() == where.device()
                                        && (where.point() == 0 || point.id().value() == where.point())),
                rule.key(),
                PolicyFault.UNKNOWN_POINT);
    }

    private void point(ListItem item) {
        PointRecord point = (PointRecord) item.record();
        PointModes modes = point.modes();
        PointPlace place = point.place();
        require(there(item.key()), item.key(), PolicyFault.UNKNOWN_POINT);
        named(ItemKind.SCHEDULE, modes.otherSchedule(), item.key(), PolicyFault.UNKNOWN_SCHEDULE);
        named(ItemKind.SCHEDULE, modes.unlockSchedule(), item.key(), PolicyFault.UNKNOWN_SCHEDULE);
        named(ItemKind.AREA, place.fromArea(), item.key(), PolicyFault.UNKNOWN_AREA);
        named(ItemKind.AREA, place.toArea(), item.key(), PolicyFault.UNKNOWN_AREA);
        require(point.fire().zone() == 0 || point.fire().contactInput() > 0, item.key(), PolicyFault.NO_FIRE_CONTACT);
    }

    private boolean there(ItemKey point) {
        return points.stream()
                .anyMatch(row -> ItemKey.point(row.device(), row.id()).equals(point));
    }

    private void wire(ListItem item) {
        WiringRecord wire = (WiringRecord) item.record();
        boolean known = points.stream()
                .anyMatch(row -> row.device().equals(item.key().device())
                        && (wire.point().value() == 0 || row.id().equals(wire.point())));
        require(known, item.key(), PolicyFault.UNKNOWN_POINT);
        boolean bare = WiringCheck.GOVERNED.contains(wire.function())
                && !new WiringCheck(content, of(item.key().device()), item.key().device()).contactFor(wire.point());
        require(!bare, item.key(), PolicyFault.NO_FIRE_CONTACT);
    }

    private List<PointRow> of(DeviceId device) {
        return points.stream().filter(row -> row.device().equals(device)).toList();
    }

    private void rights() {
        Map<List<Long>, Integer> counts = new HashMap<>();
        for (AccessRule rule : content.rules()) {
            for (PointRow point : points) {
                if (rule.where().covers(point, PointDefaults.configured(content, point))) {
                    counts.merge(List.of((long) rule.group(), point.device().value()), 1, Integer::sum);
                }
            }
        }
        counts.forEach((at, count) ->
                require(count <= MOST_RIGHTS, new ItemKey(ItemKind.GROUP, at.get(0)), PolicyFault.TOO_MANY_RIGHTS));
    }
}
