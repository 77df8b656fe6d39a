package io.zhitong.smcrypto;

import org.bouncycastle.crypto.BlockCipher;
import org.bouncycastle.crypto.engines.DESEngine;
import org.bouncycastle.crypto.engines.DESedeEngine;
import org.bouncycastle.crypto.params.KeyParameter;

/** Single DES (key of 8 bytes) or two-key 3DES (16 bytes), for cards that people already own. Not thread-safe. */
public final class DesCipher implements CardCipher {
    /** Bytes a block. */
    public static final int BLOCK = 8;

    private final BlockCipher engine;
    private final KeyParameter key;

    /** @throws IllegalArgumentException unless the key has 8 or 16 bytes */
    public DesCipher(byte[] key) {
        if (key.length != 8 && key.length != 16) {
            throw new IllegalArgumentException("expected a DES key of 8 or 16 bytes, came " + key.length);
        }
        this.engine = key.length == 8 ? new DESEngine() : new DESedeEngine();
        this.key = new KeyParameter(key);
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
            throw new IllegalArgumentException("expected a block of 8 bytes, came " + block.length);
        }
        engine.init(encrypt, key);
        byte[] out = new byte[BLOCK];
        engine.processBlock(block, 0, out, 0);
        return out;
    }
}
