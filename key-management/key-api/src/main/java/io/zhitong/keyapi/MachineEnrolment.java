package io.zhitong.keyapi;

import io.zhitong.machinetls.MachineName;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.machinetls.MachineRole;
import io.zhitong.machinetls.MachineTlsException;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;

/**
 * A machine to be certified (机器注册请求). On the wire: profile 1 (01 SM2, 02 P-256) ‖ role text ‖ name text ‖ request length
 * 2 ‖ PKCS#10.
 *
 * @param profile which authority signs
 * @param name role and name that go into the certificate
 * @param request PKCS#10, DER, at most 4096 bytes
 */
public record MachineEnrolment(MachineProfile profile, MachineName name, byte[] request) {
    public MachineEnrolment {
        request = Checks.length("certificate request", request, 1, 4096);
    }

    void encode(ByteWriter out) {
        encode(out, profile, name);
        out.sized(request);
    }

    static void encode(ByteWriter out, MachineProfile profile, MachineName name) {
        out.u8(profile == MachineProfile.SM2 ? 1 : 2).text(name.role().label()).text(name.name());
    }

    static MachineEnrolment decode(ByteReader in) {
        MachineProfile profile = profile(in);
        return new MachineEnrolment(profile, name(in.text(), in.text()), in.sized());
    }

    static MachineProfile profile(ByteReader in) {
        return switch (in.u8()) {
            case 1 -> MachineProfile.SM2;
            case 2 -> MachineProfile.P256;
            default -> throw Checks.malformed("unknown certificate profile");
        };
    }

    static MachineName name(String role, String name) {
        try {
            return new MachineName(
                    MachineRole.of(role).orElseThrow(() -> Checks.malformed("unknown machine role")), name);
        } catch (MachineTlsException e) {
            throw Checks.malformed("machine name: expected 1-64 characters of A-Z a-z 0-9 . _ -");
        }
    }
}
