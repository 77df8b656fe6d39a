package io.zhitong.keyvault.store;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.MalformedInput;

/**
 * The clear head of a generation (密钥库文件头), covered by the seal's tag: 'ZTV2' ‖ flags 1 (bit 0: marked demo quorum) ‖
 * generation 8 ‖ KCV of the master 3 ‖ salt 32 ‖ length of what follows 4.
 *
 * @param demoQuorum whether the quorum is a marked test quorum
 * @param generation counts up with every write
 * @param kcv of the store's master; tells a wrong quorum from a damaged file
 * @param salt fresh for every generation
 * @param bodyLength bytes of ciphertext and tag
 */
record StoreHeader(boolean demoQuorum, long generation, byte[] kcv, byte[] salt, int bodyLength) {
    static final int SALT = 32;
    static final int KCV = 3;
    static final int LENGTH = 4 + 1 + 8 + KCV + SALT + 4;
    private static final String MAGIC = "ZTV2";

    byte[] encode() {
        return new ByteWriter()
                .ascii(MAGIC)
                .u8(demoQuorum ? 1 : 0)
                .u64(generation)
                .bytes(kcv)
                .bytes(salt)
                .u32(bodyLength)
                .toByteArray();
    }

    static StoreHeader decode(ByteReader in) {
        in.magic(MAGIC);
        boolean demo = (in.u8() & 1) != 0;
        long generation = in.u64();
        byte[] kcv = in.bytes(KCV);
        byte[] salt = in.bytes(SALT);
        long length = in.u32();
        if (length != in.remaining()) {
            throw new MalformedInput("expected a body of another length");
        }
        return new StoreHeader(demo, generation, kcv, salt, (int) length);
    }
}
