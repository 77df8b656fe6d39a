package io.zhitong.keyvault.store;

import io.zhitong.keyapi.KeyListing;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyState;
import io.zhitong.keyapi.KeyTerms;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import io.zhitong.smcrypto.Sm4;
import java.util.Arrays;
import java.util.List;

/**
 * A master key at rest (主密钥). Layout: what the key list says of it ‖ length 1 ‖ key: 16 bytes in clear, none when it is
 * destroyed, any other number a blob of the device that holds it.
 *
 * @param about usage, version, path, state, terms, KCV
 * @param key 16 bytes, none, or a blob
 */
public record StoredMaster(KeyListing about, SecretBytes key) {
    private static final int KEY = 16;
    private static final int MOST = 255;
    private static final int KCV = 3;

    public StoredMaster {
        boolean destroyed = about.state() == KeyState.DESTROYED;
        if (destroyed ? key.length() != 0 : key.length() < KEY || key.length() > MOST) {
            throw new IllegalArgumentException("expected a key of 16 bytes or a blob, or none of a destroyed one");
        }
    }

    /** A master as it begins; takes over the key. */
    public static StoredMaster begin(KeyRef name, KeyState state, KeyTerms terms, long now, SecretBytes key) {
        byte[] bytes = key.export(SecretAccess.TOKEN);
        byte[] kcv = Arrays.copyOf(Sm4.cmac(bytes, new byte[KEY]), KCV);
        Arrays.fill(bytes, (byte) 0);
        return new StoredMaster(new KeyListing(name, state, terms, now, now, kcv), key);
    }

    /** The same master in another state, with the same key, or none once it is destroyed. */
    public StoredMaster in(KeyState next, long now) {
        SecretBytes kept = next == KeyState.DESTROYED ? SecretBytes.takeOver(new byte[0]) : key;
        return new StoredMaster(about.in(next, now), kept);
    }

    public KeyRef name() {
        return about.key();
    }

    public KeyUsage usage() {
        return about.usage();
    }

    public int version() {
        return about.version();
    }

    public KeyState state() {
        return about.state();
    }

    /** Whether the key is here, and not in a device or destroyed. */
    public boolean inClear() {
        return key.length() == KEY;
    }

    /** Factors already applied, from the root; empty for the root itself. */
    public List<byte[]> path() {
        return about.path();
    }

    /** The same master with another copy of its key. */
    public StoredMaster with(SecretBytes copy) {
        return new StoredMaster(about, copy);
    }

    void encode(ByteWriter out) {
        about.encode(out);
        byte[] bytes = key.export(SecretAccess.TOKEN);
        out.u8(bytes.length).bytes(bytes);
        Arrays.fill(bytes, (byte) 0);
    }

    static StoredMaster decode(ByteReader in) {
        return new StoredMaster(KeyListing.decode(in), SecretBytes.takeOver(in.bytes(in.u8())));
    }
}
