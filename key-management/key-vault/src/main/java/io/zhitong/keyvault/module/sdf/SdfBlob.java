package io.zhitong.keyvault.module.sdf;

import io.zhitong.keyapi.ModuleException;
import io.zhitong.keyapi.ModuleRefusal;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.MalformedInput;

/**
 * How the vault keeps a key that only the device opens (密钥密文): kind 1 ‖ index 2 ‖ length 2 ‖ body ‖ check 8.
 *
 * @param index of the key encryption key or key pair of the device
 * @param body the ciphertext; empty for a pair, which never leaves the device
 * @param check tells another or a changed key: left 8 of SM4(K, "zhitong key chk."), of SM3(x ‖ y) for a pair
 */
record SdfBlob(Kind kind, int index, byte[] body, byte[] check) {
    private static final int CHECK = 8;

    /** What the body is. */
    enum Kind {
        /** Under the device's key encryption key, by SDF_GenerateKeyWithKEK. */
        KEK,
        /** Under the device's encryption key pair, x ‖ y ‖ hash 32 ‖ ciphertext. */
        ENVELOPE,
        /** A signing pair inside the device. */
        PAIR
    }

    byte[] encoded() {
        return new ByteWriter()
                .u8(kind.ordinal() + 1)
                .u16(index)
                .u16(body.length)
                .bytes(body)
                .bytes(check)
                .toByteArray();
    }

    static SdfBlob decode(byte[] encoded) {
        try {
            ByteReader in = new ByteReader(encoded);
            int kind = in.u8();
            if (kind < 1 || kind > Kind.values().length) {
                throw new MalformedInput("expected a kind from 1 to 3");
            }
            SdfBlob blob = new SdfBlob(Kind.values()[kind - 1], in.u16(), in.bytes(in.u16()), in.bytes(CHECK));
            in.end();
            return blob;
        } catch (MalformedInput e) {
            throw new ModuleException(ModuleRefusal.FOREIGN_BLOB, "expected a blob of the SDF home", e);
        }
    }
}
