package io.zhitong.backend.access;

import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointKind;
import io.zhitong.backend.estate.PointRow;
import java.util.Optional;

/**
 * One rule: who × when × where (门禁规则).
 *
 * @param id u32, unique in the community and never used again; events name it
 * @param group number of the group in the community
 * @param who belongs to the group
 * @param schedule id of a schedule, 0 = always
 * @param device only points of this device; empty = of every device
 * @param point only this point of the device; empty = every door
 */
public record AccessRule(
        long id, int group, GroupKind who, int schedule, Optional<DeviceId> device, Optional<PointId> point) {
    boolean covers(PointRow row) {
        return row.kind() != PointKind.TILL
                && device.map(row.device()::equals).orElse(true)
                && point.map(row.id()::equals).orElse(true);
    }
}
