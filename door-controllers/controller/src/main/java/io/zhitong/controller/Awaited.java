package io.zhitong.controller;

import io.zhitong.accessmodel.EventKind;
import io.zhitong.points.DoorState;
import java.util.List;

/** An opening by order that nobody has seen yet (待确认开门): the leaf opens, or somebody comes through, while the door is released. */
final class Awaited {
    private static final Runnable NOBODY = () -> {};

    private Runnable sensed = NOBODY;
    private long until = DoorState.NEVER;

    /** The one before is awaited no longer. */
    void begin(Runnable whenSensed, long end) {
        sensed = whenSensed;
        until = end;
    }

    void told(List<EventKind> events, long now) {
        if (!events.contains(EventKind.POINT_OPENED) && !events.contains(EventKind.PASSED)) {
            return;
        }
        Runnable waiting = now <= until ? sensed : NOBODY;
        sensed = NOBODY;
        waiting.run();
    }
}
