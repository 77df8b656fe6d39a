package io.zhitong.backend.drill;

import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.PointId;

/** A point that takes part (参演门点), with the name it had at the start. */
public record DrillPoint(DeviceId device, PointId point, String name) {
    /** As a form field: device ':' point. */
    public String key() {
        return device.value() + ":" + point.value();
    }
}
