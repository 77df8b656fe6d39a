package io.zhitong.smcrypto;

import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.params.KeyParameter;

/** SM4 (GB/T 32907) under one key of 16 bytes. Not thread-safe. */
public final class Sm4Cipher implements CardCipher {
    /** Bytes a block and a key. */
    public static final int BLOCK = 16;

    private final SM4Engine engine = new SM4Engine();
    private final KeyParameter key;
    private boolean encrypting;

    /** @throws IllegalArgumentException unless the key has 16 bytes */
    public Sm4Cipher(byte[] key) {
        if (key.length != BLOCK) {
            throw new IllegalArgumentException("expected an SM4 key of 16 bytes, came " + key.length);
        }
        this.key = new KeyParameter(key);
        engine.init(true, this.key);
        encrypting = true;
    }

    @Override
    public int blockSize() {
        return BLOCK;
    }

    @Override
    public byte[] encryptBlock(byte[] block) {
        return run(true, block);
    }

    @Override
    public byte[] decryptBlock(byte[] block) {
        return run(false, block);
    }

    private byte[] run(boolean encrypt, byte[] block) {
        if (block.length != BLOCK) {
            throw new IllegalArgumentException("expected a block of 16 bytes, came " + block.length);
        }
        if (encrypt != encrypting) {
            engine.init(encrypt, key);
            encrypting = encrypt;
        }
        byte[] out = new byte[BLOCK];
        engine.processBlock(block, 0, out, 0);
        return out;
    }
}
