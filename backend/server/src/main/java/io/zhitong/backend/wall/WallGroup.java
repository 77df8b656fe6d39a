package io.zhitong.backend.wall;

import io.zhitong.accessmodel.EventKind;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a watcher looks for on the wall (事件分组). Each kind of event is in exactly one. */
public enum WallGroup {
    /** Who passed, who was refused, what was opened from here. */
    ACCESS,
    PAYMENT,
    ALARM,
    /** Lists, starts, clocks: what matters to a technician. */
    TECHNICAL;

    private static final int COMMANDS = 2;

    public static WallGroup of(EventKind kind) {
        return switch (kind.lane()) {
            case ALARM -> ALARM;
            case PAYMENT -> kind == EventKind.PURCHASE_INTENT ? TECHNICAL : PAYMENT;
            case PLAIN -> kind.code() >> 8 <= COMMANDS && kind != EventKind.PICTURE_TAKEN ? ACCESS : TECHNICAL;
        };
    }

    /** The kinds that are in it. */
    public Set<EventKind> kinds() {
        return Arrays.stream(EventKind.values())
                .filter(kind -> of(kind) == this)
                .collect(Collectors.toSet());
    }

    /** By its name; anything else is no group. */
    public static Optional<WallGroup> named(String name) {
        return Arrays.stream(values())
                .filter(group -> group.name().equals(name))
                .findFirst();
    }
}
