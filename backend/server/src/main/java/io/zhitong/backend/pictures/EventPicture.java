package io.zhitong.backend.pictures;

import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.Octets;
import java.time.Instant;

/**
 * A picture that a device took of an event (抓拍).
 *
 * @param position of the record that names it, in the event store
 * @param event position of the event it shows; its own where that one never came
 * @param taken when the device had it, in backend time as the device estimated it
 * @param name SHA-256 of the picture
 * @param length bytes
 */
public record EventPicture(long position, long event, DeviceAddress device, Instant taken, Octets name, int length) {}
