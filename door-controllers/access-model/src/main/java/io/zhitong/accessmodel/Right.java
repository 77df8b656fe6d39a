package io.zhitong.accessmodel;

import java.util.Comparator;

/**
 * One point that a credential may pass, when, and by which rule (通行权限); 8 bytes: point 2 ‖ schedule 2 ‖ rule 4.
 *
 * @param schedule id on the SCHEDULES list; {@link Schedule#ALWAYS_ID} needs no entry there
 * @param rule u32, names the rule version that gave the right
 */
public record Right(PointId point, int schedule, long rule) implements Comparable<Right> {

    private static final Comparator<Right> ORDER = Comparator.comparingInt(
                    (Right right) -> right.point().value())
            .thenComparingInt(Right::schedule)
            .thenComparingLong(Right::rule);

    public Right {
        ModelException.require(schedule >= 0 && schedule <= 0xFFFF, ModelException.Reason.RANGE, "a schedule id u16");
        ModelException.require(rule >= 0 && rule <= 0xFFFF_FFFFL, ModelException.Reason.RANGE, "a rule id u32");
    }

    @Override
    public int compareTo(Right other) {
        return ORDER.compare(this, other);
    }
}
