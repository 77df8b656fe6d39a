package io.zhitong.keyvault.quorum;

import io.zhitong.keyvault.VaultException;
import io.zhitong.keyvault.VaultFault;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.MalformedInput;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm3;
import io.zhitong.smcrypto.Sm4;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * One custodian's share of a vault's master (分量): set id 8 ‖ m 1 ‖ n 1 ‖ x 1 ‖ value 32 ‖ left 4 of SM3 over all before;
 * as text 94 hex digits. The check finds a torn or mistyped share by itself, before any other is shown.
 *
 * @param setId 8 bytes, the same for all shares dealt together
 * @param needed m: how many open the vault
 * @param dealt n: how many there are
 * @param x 1 to n
 * @param value 32 bytes, f(x) byte by byte
 */
public record Share(byte[] setId, int needed, int dealt, int x, SecretBytes value) implements AutoCloseable {
    static final int VALUE = 32;
    static final int SET_ID = 8;
    private static final int CHECK = 4;

    public Share {
        setId = setId.clone();
        if (setId.length != SET_ID
                || value.length() != VALUE
                || needed < 1
                || dealt < needed
                || dealt > 255
                || x < 1
                || x > dealt) {
            throw new VaultException(VaultFault.BAD_SHARE, "expected set id 8, 1 <= m <= n, 1 <= x <= n, value 32");
        }
    }

    /** Reads the text form; blanks are ignored. */
    public static Share parse(String text) {
        byte[] all = {};
        byte[] value = {};
        try {
            all = Hex.parse(text);
            ByteReader in = new ByteReader(all);
            byte[] setId = in.bytes(SET_ID);
            int needed = in.u8();
            int dealt = in.u8();
            int x = in.u8();
            value = in.bytes(VALUE);
            byte[] check = in.bytes(CHECK);
            in.end();
            if (!MessageDigest.isEqual(check, check(Arrays.copyOf(all, all.length - CHECK)))) {
                throw new VaultException(VaultFault.BAD_SHARE, "its check digits do not fit: read or type it again");
            }
            return new Share(setId, needed, dealt, x, SecretBytes.copyOf(value));
        } catch (MalformedInput e) {
            throw new VaultException(VaultFault.BAD_SHARE, "expected 94 hex digits", e);
        } finally {
            Arrays.fill(all, (byte) 0);
            Arrays.fill(value, (byte) 0);
        }
    }

    /** The text form, which is the secret itself. */
    public String export(SecretAccess token) {
        byte[] secret = value.export(token);
        byte[] body = new ByteWriter()
                .bytes(setId)
                .u8(needed)
                .u8(dealt)
                .u8(x)
                .bytes(secret)
                .toByteArray();
        try {
            return Hex.of(body) + Hex.of(check(body));
        } finally {
            Arrays.fill(secret, (byte) 0);
            Arrays.fill(body, (byte) 0);
        }
    }

    /** What its custodian may say aloud: the KCV of a 32-byte secret, docs/keys.md#store; 3 bytes. */
    public byte[] kcv() {
        byte[] secret = value.export(SecretAccess.TOKEN);
        byte[] key = Sm2.kdf(new ByteWriter().bytes(secret).ascii("ZTVK").toByteArray(), 16);
        try {
            return Arrays.copyOf(Sm4.cmac(key, new byte[16]), 3);
        } finally {
            Arrays.fill(secret, (byte) 0);
            Arrays.fill(key, (byte) 0);
        }
    }

    private static byte[] check(byte[] body) {
        return Arrays.copyOf(Sm3.hash(body), CHECK);
    }

    @Override
    public void close() {
        value.close();
    }

    @Override
    public String toString() {
        return "Share[" + x + " of " + dealt + ", " + needed + " needed, set " + Hex.of(setId) + "]";
    }
}
