package io.zhitong.backend.devices;

import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.backend.events.DeviceSignatures;
import io.zhitong.machinetls.MachineSignature;
import io.zhitong.machinetls.Pem;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Checks what a device signed by the certificates it was given (设备签名核验). */
@Component
final class CertifiedSignatures implements DeviceSignatures {
    private final JdbcClient jdbc;

    CertifiedSignatures(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public boolean signed(DeviceAddress device, byte[] message, byte[] signature) {
        return jdbc
                .sql("select certificate from device_certificate where community_id = ? and device_number = ?"
                        + " and revoked_at is null and certificate is not null order by issued_at desc")
                .params(device.community().value(), device.device().value())
                .query(String.class)
                .list()
                .stream()
                .map(pem -> Pem.certificates(pem).get(0))
                .anyMatch(certificate -> MachineSignature.verify(certificate, message, signature));
    }
}
