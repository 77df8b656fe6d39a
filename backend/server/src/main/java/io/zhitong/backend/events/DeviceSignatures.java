package io.zhitong.backend.events;

import io.zhitong.accessmodel.DeviceAddress;

/** Who knows the keys of devices (设备签名): a bean of a module above. */
public interface DeviceSignatures {
    /**
     * Whether the device signed the message with the key of one of its certificates that are not revoked; an older one may be
     * expired: what was signed then may arrive now.
     *
     * @param signature r ‖ s, 64 bytes
     */
    boolean signed(DeviceAddress device, byte[] message, byte[] signature);
}
