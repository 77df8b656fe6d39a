package io.zhitong.decision;

import io.zhitong.accessmodel.GroupRecord;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.Right;
import java.util.Arrays;
import java.util.List;

/** The rights of one group as sorted columns (组权限索引): found by point without making anything. Unchangeable. */
final class GroupRights {

    /** Of a group that the GROUPS list does not hold: it gives nothing. */
    static final GroupRights NONE = of(List.of());

    private final long[] where;
    private final int[] rules;
    private final Verdict[] verdicts;

    private GroupRights(long[] where, int[] rules) {
        this.where = where;
        this.rules = rules;
        this.verdicts = Arrays.stream(rules)
                .mapToObj(rule -> new Verdict.PassBy(Integer.toUnsignedLong(rule)))
                .toArray(Verdict[]::new);
    }

    static GroupRights of(GroupRecord group) {
        return of(group.rights());
    }

    /** @param sorted in the order of {@link Right} */
    static GroupRights of(List<Right> sorted) {
        return new GroupRights(
                sorted.stream().mapToLong(GroupRights::packed).toArray(),
                sorted.stream().mapToInt(right -> (int) right.rule()).toArray());
    }

    private static long packed(Right right) {
        return (long) right.point().value() << 32 | (long) right.schedule() << 16 | right.floors();
    }

    /** Index of the first right at that point, or of where it would be. */
    int first(PointId point) {
        long least = (long) point.value() << 32;
        int low = 0;
        int high = where.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (where[middle] < least) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Whether there is a right of that index, and it is at that point. */
    boolean isAt(int index, PointId point) {
        return index < where.length && where[index] >>> 32 == point.value();
    }

    int schedule(int index) {
        return (int) (where[index] >>> 16) & 0xFFFF;
    }

    /** Id of the floor group, 0 = none. */
    int floors(int index) {
        return (int) where[index] & 0xFFFF;
    }

    /** Passed, by this right. */
    Verdict passed(int index) {
        return verdicts[index];
    }

    long rule(int index) {
        return Integer.toUnsignedLong(rules[index]);
    }
}
