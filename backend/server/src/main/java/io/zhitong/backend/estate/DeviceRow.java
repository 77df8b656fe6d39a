package io.zhitong.backend.estate;

import io.zhitong.backend.foundation.CommunityId;

/**
 * A device of the community as the estate knows it (设备).
 *
 * @param number u32, the device's identity on the link
 */
public record DeviceRow(CommunityId community, long number, DeviceKind kind, String name) {
    public DeviceRow {
        if (number <= 0 || number > 0xFFFF_FFFFL) {
            throw new IllegalArgumentException("a device number is 1 to 4294967295, got " + number);
        }
    }
}
