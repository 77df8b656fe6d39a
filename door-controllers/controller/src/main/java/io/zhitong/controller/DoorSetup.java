package io.zhitong.controller;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.PointId;
import io.zhitong.points.DoorConfig;

/**
 * What the installer wrote down about a door (门安装参数).
 *
 * @param reader name of its reader at the reader driver, empty = none
 * @param method SEALED, FAST, or LEGACY for cards of 3DES as people own them
 */
record DoorSetup(PointId point, String reader, AccessMethod method, DoorConfig config) {

    /** A door that only its lists know: no reader; button, contacts and commands work. */
    static DoorSetup listed(PointId point) {
        return new DoorSetup(point, "", AccessMethod.SEALED, DoorConfig.withoutContact());
    }

    DoorSetup {
        if (method != AccessMethod.SEALED && method != AccessMethod.FAST && method != AccessMethod.LEGACY) {
            throw new IllegalArgumentException("a door's method is sealed, fast or legacy, not " + method);
        }
    }
}
