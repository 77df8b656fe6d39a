package io.zhitong.keyvault;

import io.zhitong.keyapi.CryptoModule;
import io.zhitong.keyapi.ModuleKey;
import io.zhitong.keyapi.SigningKey;
import io.zhitong.keyvault.store.VaultContent;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Public points of the master compartment's signing keys (公钥备忘), kept as a note in the operational one: they are asked for
 * while it is sealed. Layout: (code 1 ‖ x 32 ‖ y 32) each.
 */
final class PublicPoints {
    private static final String NOTE = "points";
    private static final int POINT = 64;

    private PublicPoints() {}

    static byte[] of(CryptoModule module, Map<SigningKey, ModuleKey> signers) {
        ByteWriter out = new ByteWriter();
        new TreeMap<>(signers).forEach((code, key) -> out.u8(code.code()).bytes(module.publicKey(key)));
        return out.toByteArray();
    }

    static VaultContent remember(VaultContent operational, byte[] points) {
        return operational.withNote(NOTE, points);
    }

    static Optional<byte[]> known(VaultContent operational, SigningKey key) {
        ByteReader in = new ByteReader(operational.note(NOTE).orElse(new byte[0]));
        while (in.remaining() > 0) {
            boolean wanted = in.u8() == key.code();
            byte[] point = in.bytes(POINT);
            if (wanted) {
                return Optional.of(point);
            }
        }
        return Optional.empty();
    }
}
