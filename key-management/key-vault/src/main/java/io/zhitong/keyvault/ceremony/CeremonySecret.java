package io.zhitong.keyvault.ceremony;

import io.zhitong.keyapi.CeremonySettings;
import io.zhitong.keyvault.quorum.Quorum;
import io.zhitong.keyvault.quorum.Share;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import io.zhitong.smcrypto.Sm2;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;

/**
 * What all components make together (合成秘密), docs/keys.md#ceremony: K = KDF('ZTCK' or 'ZTCR' of a rehearsal ‖ id 16 ‖ m 1 ‖
 * n 1 ‖ the vault's contribution 32 ‖ for each custodian by number: number 1 ‖ component sized, 32). From K come the master,
 * the set id and the coefficients, so that shares are the same however often they are dealt.
 */
final class CeremonySecret implements AutoCloseable {
    private static final int SECRET = 32;

    private final SecretBytes combined;
    private final CeremonySettings settings;

    private CeremonySecret(SecretBytes combined, CeremonySettings settings) {
        this.combined = combined;
        this.settings = settings;
    }

    /**
     * Combines; the components stay the caller's.
     *
     * @param components by custodian's number, one from each
     */
    static CeremonySecret combine(
            byte[] id, CeremonySettings settings, byte[] contribution, SortedMap<Integer, SecretBytes> components) {
        ByteWriter out = new ByteWriter()
                .ascii(settings.rehearsal() ? "ZTCR" : "ZTCK")
                .bytes(id)
                .u8(settings.needed())
                .u8(settings.dealt())
                .bytes(contribution);
        components.forEach((number, component) -> {
            byte[] secret = component.export(SecretAccess.TOKEN);
            out.u8(number).sized(secret);
            Arrays.fill(secret, (byte) 0);
        });
        byte[] all = out.toByteArray();
        try {
            return new CeremonySecret(SecretBytes.takeOver(Sm2.kdf(all, SECRET)), settings);
        } finally {
            Arrays.fill(all, (byte) 0);
        }
    }

    /** The master compartment's key, 32 bytes: KDF(K ‖ 'M', 32). */
    SecretBytes master() {
        return SecretBytes.takeOver(derive("M", SECRET));
    }

    /** All shares: set id KDF(K ‖ 'S', 8), coefficients KDF(K ‖ 'C', 32·(m−1)), the power 1 first. */
    List<Share> shares() {
        try (SecretBytes master = master()) {
            byte[] coefficients = derive("C", SECRET * (settings.needed() - 1));
            return Quorum.deal(master, settings.needed(), settings.dealt(), derive("S", 8), coefficients);
        }
    }

    private byte[] derive(String label, int length) {
        byte[] secret = combined.export(SecretAccess.TOKEN);
        byte[] seed = Arrays.copyOf(secret, secret.length + 1);
        seed[secret.length] = label.getBytes(StandardCharsets.US_ASCII)[0];
        try {
            return Sm2.kdf(seed, length);
        } finally {
            Arrays.fill(secret, (byte) 0);
            Arrays.fill(seed, (byte) 0);
        }
    }

    @Override
    public void close() {
        combined.close();
    }
}
