package io.zhitong.decision;

import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.Right;
import java.util.ArrayList;
import java.util.List;

/** The groups of a credential; everybody with the same groups shares one (组集合). Unchangeable. */
final class GroupSet {

    static final GroupSet EMPTY = new GroupSet(new GroupRights[0]);

    private final GroupRights[] groups;

    GroupSet(GroupRights[] groups) {
        this.groups = groups;
    }

    static GroupSet of(Right right) {
        return new GroupSet(new GroupRights[] {GroupRights.of(List.of(right))});
    }

    int size() {
        return groups.length;
    }

    GroupRights group(int index) {
        return groups[index];
    }

    /** For explaining, not for deciding. */
    List<Right> rightsAt(PointId point) {
        List<Right> here = new ArrayList<>();
        for (GroupRights group : groups) {
            for (int i = group.first(point); group.isAt(i, point); i++) {
                here.add(new Right(point, group.schedule(i), group.floors(i), group.rule(i)));
            }
        }
        return here;
    }
}
