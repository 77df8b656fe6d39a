package io.zhitong.backend.access;

import io.zhitong.accessmodel.GroupRecord;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.Right;
import io.zhitong.backend.devices.DeviceListSource;
import io.zhitong.backend.estate.DeviceKind;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.estate.PointRow;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Compiles what each group may do at the points of a controller (人员组权限名单). */
@Component
public class GroupLists implements DeviceListSource {
    private final AccessRules rules;
    private final Estate estate;
    private final DeviceGroups groups;

    GroupLists(AccessRules rules, Estate estate, DeviceGroups groups) {
        this.rules = rules;
        this.estate = estate;
        this.groups = groups;
    }

    @Override
    public ListKind kind() {
        return ListKind.GROUPS;
    }

    @Override
    public boolean serves(DeviceRow device) {
        return device.kind() == DeviceKind.CONTROLLER;
    }

    @Override
    public List<GroupRecord> records(DeviceRow device) {
        return of(device).values().stream().map(DeviceGroup::record).toList();
    }

    /** Groups with a right at this device, by their number in the community. */
    Map<Integer, DeviceGroup> of(DeviceRow device) {
        List<PointRow> points = estate.points(device.address());
        Map<Integer, List<AccessRule>> byGroup =
                rules.rules(device.community(), rules.version(device.community())).stream()
                        .filter(rule -> points.stream().anyMatch(rule::covers))
                        .collect(Collectors.groupingBy(AccessRule::group, TreeMap::new, Collectors.toList()));
        Map<String, Integer> numbers = groups.numbers(
                device.address(),
                byGroup.keySet().stream().map(GroupLists::content).toList());
        Map<Integer, DeviceGroup> found = new TreeMap<>();
        byGroup.forEach((group, own) -> found.put(group, group(number(numbers, group), own, points)));
        return found;
    }

    private static int number(Map<String, Integer> numbers, int group) {
        return Objects.requireNonNull(numbers.get(content(group)), "every group was given a number");
    }

    private static String content(int group) {
        return "group " + group;
    }

    private static DeviceGroup group(int number, List<AccessRule> rules, List<PointRow> points) {
        List<Right> rights = rules.stream()
                .flatMap(rule -> points.stream()
                        .filter(rule::covers)
                        .map(point -> new Right(point.id(), rule.schedule(), rule.id())))
                .toList();
        return new DeviceGroup(new GroupRecord(number, rights), rules.get(0).who());
    }

    /**
     * A group as a device gets it.
     *
     * @param who belongs to it
     */
    record DeviceGroup(GroupRecord record, GroupKind who) {}
}
