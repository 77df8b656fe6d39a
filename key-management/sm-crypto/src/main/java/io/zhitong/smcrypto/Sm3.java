package io.zhitong.smcrypto;

import java.io.IOException;
import java.io.InputStream;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;

/** The SM3 hash (GB/T 32905, 杂凑算法): 32 bytes. Thread-safe. */
public final class Sm3 {
    /** Length of a hash in bytes. */
    public static final int LENGTH = 32;

    private Sm3() {}

    /** Hash over the parts one after the other. */
    public static byte[] hash(byte[]... parts) {
        SM3Digest digest = new SM3Digest();
        for (byte[] part : parts) {
            digest.update(part, 0, part.length);
        }
        byte[] out = new byte[LENGTH];
        digest.doFinal(out, 0);
        return out;
    }

    /** Of everything that comes from {@code in}, which need not fit into memory; 32 bytes. */
    public static byte[] hash(InputStream in) throws IOException {
        SM3Digest digest = new SM3Digest();
        byte[] buffer = new byte[64 * 1024];
        for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
            digest.update(buffer, 0, n);
        }
        byte[] hash = new byte[LENGTH];
        digest.doFinal(hash, 0);
        return hash;
    }

    /** HMAC-SM3 (RFC 2104, GB/T 15852.2) over the parts one after the other: 32 bytes. The key may have any length. */
    public static byte[] hmac(byte[] key, byte[]... parts) {
        HMac mac = new HMac(new SM3Digest());
        mac.init(new KeyParameter(key));
        for (byte[] part : parts) {
            mac.update(part, 0, part.length);
        }
        byte[] out = new byte[LENGTH];
        mac.doFinal(out, 0);
        return out;
    }
}
