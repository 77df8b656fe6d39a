package io.zhitong.controller;

import io.zhitong.accessmodel.EventKind;
import io.zhitong.decision.Listed;
import io.zhitong.points.DoorState;
import java.util.List;

/**
 * Who was let in at a point and has not come through yet (待通行). A passage counts when the leaf opens or the light barriers tell of a
 * person, and where nothing tells, when it is granted. Used under its point's lock.
 */
final class Passage {

    private List<Listed> waiting = List.of();
    private long until = DoorState.NEVER;

    /** @return who counts as through at once */
    List<Listed> granted(List<Listed> who, Mechanism mechanism, long end) {
        if (!mechanism.tellsPassages() || mechanism.door().phase().leafOpen()) {
            return who;
        }
        waiting = who;
        until = end;
        return List.of();
    }

    /** @return who came through by what the point told */
    List<Listed> told(List<EventKind> events, long now) {
        boolean came = events.contains(EventKind.POINT_OPENED) || events.contains(EventKind.PASSED);
        if (!came) {
            return List.of();
        }
        List<Listed> who = now <= until ? waiting : List.of();
        waiting = List.of();
        return who;
    }
}
