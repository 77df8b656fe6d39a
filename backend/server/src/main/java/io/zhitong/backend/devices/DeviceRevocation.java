package io.zhitong.backend.devices;

import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.backend.audit.Actor;
import io.zhitong.keyapi.RevocationReason;
import org.springframework.stereotype.Component;

/** Takes a device out of service in one action (吊销设备): its certificates are revoked and its session ends. */
@Component
public class DeviceRevocation {
    private final DeviceCertificates certificates;
    private final LinkServers link;

    DeviceRevocation(DeviceCertificates certificates, LinkServers link) {
        this.certificates = certificates;
        this.link = link;
    }

    /**
     * Revokes here first, so that the device is out even while the vault is away.
     *
     * @throws io.zhitong.keyapi.KeyServiceException when the vault could not be told; the device is out all the same
     */
    public void revoke(DeviceAddress device, Actor by, RevocationReason reason) {
        try {
            certificates.revoke(device, by, reason);
        } finally {
            link.dropRevoked();
        }
    }
}
