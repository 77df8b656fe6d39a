package io.zhitong.keyvault.module;

import io.zhitong.smcrypto.BlockModes;
import io.zhitong.smcrypto.ByteWriter;
import java.util.Arrays;
import java.util.List;

/** The parts of a derivation and of a wrap that are the same in every home (分散步骤). */
public final class KeySteps {
    private static final int HALF = 8;

    private KeySteps() {}

    /** What a step of SM4 encrypts: f8 ‖ ~f8. */
    public static byte[] doubled(byte[] factor) {
        if (factor.length != HALF) {
            throw new IllegalArgumentException("expected a factor of 8 bytes, came " + factor.length);
        }
        byte[] block = Arrays.copyOf(factor, 2 * HALF);
        for (int i = 0; i < HALF; i++) {
            block[HALF + i] = (byte) ~factor[i];
        }
        return block;
    }

    /** The steps of 3DES below a master of 16 bytes, which is wiped where a step follows; the caller wipes the answer. */
    public static byte[] tripleDes(byte[] master, List<byte[]> steps) {
        if (steps.isEmpty()) {
            return master;
        }
        byte[] card = CardDes.down(master, steps.get(0));
        Arrays.fill(master, (byte) 0);
        return belowCard(card, steps.subList(1, steps.size()));
    }

    /** The steps below a card's own key, which is wiped where a step follows; the caller wipes the answer. */
    public static byte[] belowCard(byte[] card, List<byte[]> steps) {
        byte[] at = card;
        for (byte[] step : steps) {
            byte[] below = step.length == 0 ? CardDes.halvesAdded(at) : CardDes.session(at, step);
            Arrays.fill(at, (byte) 0);
            at = below;
        }
        return at;
    }

    /** {@code Ld ‖ before ‖ key ‖ after}, padded 80 00… to the block where not aligned; the caller wipes it. */
    public static byte[] record(byte[] before, byte[] key, byte[] after, int block) {
        byte[] clear = new ByteWriter()
                .u8(before.length + key.length + after.length)
                .bytes(before)
                .bytes(key)
                .bytes(after)
                .toByteArray();
        try {
            return BlockModes.padIfUnaligned(clear, block);
        } finally {
            Arrays.fill(clear, (byte) 0);
        }
    }
}
