package io.zhitong.keyapi;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import java.util.Arrays;

/**
 * Renewal of a PSAM's lease (PSAM 续租请求). On the wire: serial 10 ‖ terminal 6 ‖ lease 8 ‖ challenge 16.
 *
 * @param serial the PSAM's serial number; in the register as 20 digits
 * @param terminal number of the terminal in which it was asked
 * @param lease last day 4 (BCD) ‖ highest terminal sequence 4
 * @param challenge drawn by the PSAM
 */
public record LeaseRequest(byte[] serial, byte[] terminal, byte[] lease, byte[] challenge) {
    public LeaseRequest {
        serial = Checks.length("PSAM serial", serial, 10);
        terminal = Checks.length("terminal", terminal, 6);
        lease = Checks.length("lease", lease, 8);
        BcdDate.check("last day", Arrays.copyOf(lease, 4));
        challenge = Checks.length("challenge", challenge, 16);
    }

    void encode(ByteWriter out) {
        out.bytes(serial).bytes(terminal).bytes(lease).bytes(challenge);
    }

    static LeaseRequest decode(ByteReader in) {
        return new LeaseRequest(in.bytes(10), in.bytes(6), in.bytes(8), in.bytes(16));
    }
}
