package io.zhitong.backend.estate;

import io.zhitong.backend.foundation.CommunityId;

/**
 * A point of a device (通行点): a door, or a till.
 *
 * @param device number of the device it belongs to
 * @param number u16 within the device
 * @param method by which a card proves itself here
 */
public record PointRow(CommunityId community, long device, int number, String name, PointMethod method) {
    public PointRow {
        if (number <= 0 || number > 0xFFFF) {
            throw new IllegalArgumentException("a point number is 1 to 65535, got " + number);
        }
    }
}
