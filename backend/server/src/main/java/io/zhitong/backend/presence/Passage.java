package io.zhitong.backend.presence;

import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.PointId;
import io.zhitong.cardspec.CredentialNumber;

/**
 * Somebody came into an area (进入区域).
 *
 * @param subject the holder's number; who has none stands for itself by the credential's number, which is above all holders' numbers
 * @param happenedMillis by the backend's clock as the device estimated it, never after the receipt
 * @param area entered, 0 = outside
 */
record Passage(
        long subject,
        long position,
        long happenedMillis,
        int area,
        DeviceId device,
        PointId point,
        CredentialNumber credential) {}
