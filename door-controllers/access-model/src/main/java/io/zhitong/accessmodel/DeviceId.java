package io.zhitong.accessmodel;

import io.zhitong.smcrypto.ByteWriter;

/**
 * A device (设备) of a community: controller, till, gate or station.
 *
 * @param value u32, 1 … 2³²−1
 */
public record DeviceId(long value) {

    public DeviceId {
        ModelException.require(
                value > 0 && value <= 0xFFFF_FFFFL, ModelException.Reason.RANGE, "a device id from 1 to 2^32-1");
    }

    /** The 8-byte point number that card commands carry: device 4 ‖ 00 00 ‖ point 2. */
    public byte[] cardPoint(PointId point) {
        return new ByteWriter().u32(value).u16(0).u16(point.value()).toByteArray();
    }
}
