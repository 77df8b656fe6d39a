package io.zhitong.points;

import io.zhitong.accessmodel.EventKind;

/** What a door reports (门事件). Every alarm ends by its own event, so that a reader of the journal can pair them. */
public enum DoorEvent {
    OPENED(EventKind.POINT_OPENED),
    CLOSED(EventKind.POINT_CLOSED),
    NOT_OPENED(EventKind.NOT_OPENED),
    EXIT_REQUESTED(EventKind.EXIT_REQUESTED),
    HELD_OPEN(EventKind.HELD_OPEN),
    HELD_ENDED(EventKind.HELD_ENDED),
    FORCED_OPEN(EventKind.FORCED_OPEN),
    FORCED_ENDED(EventKind.FORCED_ENDED),
    NOT_LOCKED(EventKind.NOT_LOCKED),
    LOCKED_AGAIN(EventKind.LOCKED_AGAIN),
    FIRE(EventKind.FIRE),
    FIRE_ENDED(EventKind.FIRE_ENDED),
    TAILGATING(EventKind.TAILGATING),
    PASSAGE_CLEAR(EventKind.PASSAGE_CLEAR),
    PASSED(EventKind.PASSED);

    private final EventKind kind;

    DoorEvent(EventKind kind) {
        this.kind = kind;
    }

    /** What the journal calls it. */
    public EventKind kind() {
        return kind;
    }

    /** True when the event goes to the alarm lane of the link. */
    public boolean alarm() {
        return kind.lane() == EventKind.Lane.ALARM;
    }
}
