package io.zhitong.keyvault.custodian;

import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import java.security.MessageDigest;
import java.util.Arrays;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * What is kept of a PIN (口令校验值): Argon2id of the PIN under a salt. At rest: KiB 4 ‖ passes 1 ‖ salt 16 ‖ hash 32.
 *
 * @param cost of one guess
 * @param salt 16 random bytes
 * @param hash 32 bytes
 */
public record PinVerifier(PinCost cost, byte[] salt, byte[] hash) {
    private static final int SALT = 16;
    private static final int HASH = 32;
    private static final int LEAST = 6;
    private static final int MOST = 12;

    public PinVerifier {
        if (salt.length != SALT || hash.length != HASH) {
            throw new IllegalArgumentException("expected a salt of 16 and a hash of 32 bytes");
        }
        salt = salt.clone();
        hash = hash.clone();
    }

    /**
     * Of a new PIN.
     *
     * @throws KeyServiceException {@link KeyRefusal#BAD_PIN} unless it has 6 to 12 digits that are not all equal and no
     *     plain run up or down
     */
    public static PinVerifier of(SecretBytes pin, PinCost cost, RandomSource random) {
        checkForm(pin);
        byte[] salt = random.bytes(SALT);
        return new PinVerifier(cost, salt, hash(pin, cost, salt));
    }

    /** Compares in a time that does not depend on where the PINs differ. */
    public boolean fits(SecretBytes pin) {
        byte[] found = hash(pin, cost, salt);
        try {
            return MessageDigest.isEqual(hash, found);
        } finally {
            Arrays.fill(found, (byte) 0);
        }
    }

    private static void checkForm(SecretBytes pin) {
        byte[] digits = pin.export(SecretAccess.TOKEN);
        try {
            boolean numeric = digits.length >= LEAST && digits.length <= MOST;
            for (byte digit : digits) {
                numeric &= digit >= '0' && digit <= '9';
            }
            if (!numeric || run(digits, 0) || run(digits, 1) || run(digits, -1)) {
                throw new KeyServiceException(
                        KeyRefusal.BAD_PIN, "expected 6 to 12 digits, not all the same and no run up or down");
            }
        } finally {
            Arrays.fill(digits, (byte) 0);
        }
    }

    private static boolean run(byte[] digits, int step) {
        for (int i = 1; i < digits.length; i++) {
            if (digits[i] - digits[i - 1] != step) {
                return false;
            }
        }
        return true;
    }

    static byte[] hash(SecretBytes pin, PinCost cost, byte[] salt) {
        Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
        argon2.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(cost.kibibytes())
                .withIterations(cost.passes())
                .withParallelism(1)
                .withSalt(salt)
                .build());
        byte[] secret = pin.export(SecretAccess.TOKEN);
        byte[] out = new byte[HASH];
        try {
            argon2.generateBytes(secret, out);
            return out;
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    void encode(ByteWriter out) {
        out.u32(cost.kibibytes()).u8(cost.passes()).bytes(salt).bytes(hash);
    }

    static PinVerifier decode(ByteReader in) {
        return new PinVerifier(new PinCost((int) in.u32(), in.u8()), in.bytes(SALT), in.bytes(HASH));
    }
}
