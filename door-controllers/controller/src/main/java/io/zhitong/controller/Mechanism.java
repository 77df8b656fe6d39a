package io.zhitong.controller;

import io.zhitong.accessmodel.EventKind;
import io.zhitong.points.DoorInput;
import io.zhitong.points.DoorState;
import java.util.List;

/** What a point moves and feels (机构): a door with its leaf, or a turnstile. Used under its point's lock. */
interface Mechanism {

    /** Moves what has to move; what is to be written down then comes back. */
    List<EventKind> step(DoorInput input);

    /** How it stands, for an interlock and for tests. */
    DoorState door();

    /** Whether somebody who was let in is told of when coming through: by a contact or by light barriers. */
    boolean tellsPassages();

    /** New lists may have brought other wires and other times. */
    void configured(DoorPolicy policy);
}
