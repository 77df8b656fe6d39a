package io.zhitong.backend.estate;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.DeviceId;

/** A device of the community as the estate knows it (设备). */
public record DeviceRow(CommunityId community, DeviceId id, DeviceKind kind, String name) {
    public DeviceAddress address() {
        return new DeviceAddress(community, id);
    }
}
