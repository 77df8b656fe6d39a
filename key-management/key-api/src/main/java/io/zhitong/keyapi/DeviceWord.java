package io.zhitong.keyapi;

import io.zhitong.machinetls.MachineName;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;

/**
 * A device's word, passed on by a backend as it came (设备证词). On the wire: role text ‖ name text ‖ {@link AuditCheckpoint}.
 *
 * @param device as its certificate names it
 * @param newest the newest checkpoint it keeps
 */
public record DeviceWord(MachineName device, AuditCheckpoint newest) {
    void encode(ByteWriter out) {
        out.text(device.role().label()).text(device.name());
        newest.encode(out);
    }

    static DeviceWord decode(ByteReader in) {
        return new DeviceWord(MachineEnrolment.name(in.text(), in.text()), AuditCheckpoint.decode(in));
    }
}
