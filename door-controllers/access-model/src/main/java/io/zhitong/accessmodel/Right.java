package io.zhitong.accessmodel;

import java.util.Comparator;

/**
 * One point that a group may pass, when, to which floors, and by which rule (通行权限); 10 bytes: point 2 ‖ schedule 2 ‖
 * floors 2 ‖ rule 4.
 *
 * @param schedule id on the SCHEDULES list; {@link Schedule#ALWAYS_ID} needs no entry there
 * @param floors id on the FLOORS list; {@link #NO_FLOORS} where the point moves nobody between floors
 * @param rule u32, names the rule version that gave the right
 */
public record Right(PointId point, int schedule, int floors, long rule) implements Comparable<Right> {

    public static final int NO_FLOORS = 0;

    private static final Comparator<Right> ORDER = Comparator.comparingInt(
                    (Right right) -> right.point().value())
            .thenComparingInt(Right::schedule)
            .thenComparingInt(Right::floors)
            .thenComparingLong(Right::rule);

    public Right {
        Bounds.u16(schedule, "a schedule id");
        Bounds.u16(floors, "a floor group");
        Bounds.u32(rule, "a rule id");
    }

    public Right(PointId point, int schedule, long rule) {
        this(point, schedule, NO_FLOORS, rule);
    }

    @Override
    public int compareTo(Right other) {
        return ORDER.compare(this, other);
    }
}
