package io.zhitong.backend.alarms;

import io.zhitong.accessmodel.EventKind;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which events are alarms, and which say that one is over (报警种类). */
final class AlarmKinds {
    static final Set<EventKind> ALARMS = Arrays.stream(EventKind.values())
            .filter(kind -> kind.lane() == EventKind.Lane.ALARM)
            .collect(Collectors.toUnmodifiableSet());

    /** By the event that ends it. */
    static final Map<EventKind, EventKind> ENDED_BY = new EnumMap<>(Map.of(
            EventKind.HELD_ENDED, EventKind.HELD_OPEN,
            EventKind.FORCED_ENDED, EventKind.FORCED_OPEN,
            EventKind.LOCKED_AGAIN, EventKind.NOT_LOCKED,
            EventKind.FIRE_ENDED, EventKind.FIRE,
            EventKind.TAMPER_ENDED, EventKind.TAMPER,
            EventKind.ALARM_INPUT_ENDED, EventKind.ALARM_INPUT,
            EventKind.PASSAGE_CLEAR, EventKind.TAILGATING,
            EventKind.BOARD_BACK, EventKind.BOARD_LOST,
            EventKind.READER_BACK, EventKind.READER_LOST,
            EventKind.STALL_ENDED, EventKind.STALLED));

    private AlarmKinds() {}

    static Set<EventKind> all() {
        Set<EventKind> all = EnumSet.copyOf(ALARMS);
        all.addAll(ENDED_BY.keySet());
        return all;
    }
}
