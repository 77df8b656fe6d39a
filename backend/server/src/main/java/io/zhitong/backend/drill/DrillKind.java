package io.zhitong.backend.drill;

import io.zhitong.accessmodel.EventKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What is exercised (演练类型), what each point must show for it, in this order, and how often. Source: docs/policy.md. */
public enum DrillKind {
    /** 消防联动: the fire contact is seen, the door can be opened, and the door is guarded again afterwards. */
    FIRE(90, EventKind.FIRE, EventKind.POINT_OPENED, EventKind.FIRE_ENDED),
    /** 门开超时. */
    HELD(180, EventKind.POINT_OPENED, EventKind.HELD_OPEN, EventKind.HELD_ENDED),
    /** 胁迫报警: a silent alarm that nobody at the door sees. */
    DURESS(180, EventKind.DURESS);

    private final int everyDays;
    private final List<EventKind> steps;

    DrillKind(int everyDays, EventKind... steps) {
        this.everyDays = everyDays;
        this.steps = List.of(steps);
    }

    /** Days after which it is due again. */
    public int everyDays() {
        return everyDays;
    }

    public List<EventKind> steps() {
        return steps;
    }

    Set<EventKind> kinds() {
        return EnumSet.copyOf(steps);
    }
}
