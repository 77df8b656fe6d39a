package io.zhitong.keyvault.store;

import io.zhitong.machinetls.MachineProfile;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.MalformedInput;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import java.util.Arrays;

/**
 * A machine authority at rest (机器证书机构). Layout: profile 1 (01 SM2, 02 P-256) ‖ key length 2 ‖ PKCS#8 ‖ certificate length
 * 2 ‖ certificate.
 *
 * @param profile the profile it signs for
 * @param key PKCS#8, DER
 * @param certificate DER
 */
public record StoredAuthority(MachineProfile profile, SecretBytes key, byte[] certificate) {
    public StoredAuthority {
        certificate = certificate.clone();
    }

    void encode(ByteWriter out) {
        byte[] bytes = key.export(SecretAccess.TOKEN);
        out.u8(profile == MachineProfile.SM2 ? 1 : 2).sized(bytes).sized(certificate);
        Arrays.fill(bytes, (byte) 0);
    }

    static StoredAuthority decode(ByteReader in) {
        MachineProfile profile = switch (in.u8()) {
            case 1 -> MachineProfile.SM2;
            case 2 -> MachineProfile.P256;
            default -> throw new MalformedInput("expected the profile of an authority, 1 or 2");
        };
        return new StoredAuthority(profile, SecretBytes.takeOver(in.sized()), in.sized());
    }
}
