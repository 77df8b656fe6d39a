package io.zhitong.bench;

import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.params.KeyParameter;

/** SM4 with nothing around it (裸 SM4 运算): the least that a formula of so many keys and blocks can cost. One thread. */
final class BareSm4 {
    private final SM4Engine engine = new SM4Engine();
    private final KeyParameter key = new KeyParameter(new byte[16]);
    private final byte[] block = new byte[16];

    /** Sets up so many keys and encrypts so many blocks, the blocks chained so that none can be left out. */
    byte[] run(int keys, int blocks) {
        for (int i = 0; i < keys; i++) {
            engine.init(true, key);
        }
        for (int i = 0; i < blocks; i++) {
            engine.processBlock(block, 0, block, 0);
        }
        return block;
    }

    /** So many derivations of so many steps from one key, each step's result being the key of the next, and one block. */
    byte[] derive(int times, int steps) {
        for (int i = 0; i < times; i++) {
            engine.init(true, key);
            for (int step = 0; step < steps; step++) {
                block[0] = (byte) i;
                engine.processBlock(block, 0, block, 0);
                engine.init(true, new KeyParameter(block));
            }
            engine.processBlock(block, 0, block, 0);
        }
        return block;
    }
}
