package io.zhitong.cos;

import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.RandomSource;
import java.util.Arrays;

/**
 * What makes one chip another than the next (芯片标识), burnt into the chip once at birth.
 *
 * @param chipId unique identifier, 8 bytes
 * @param uid of anticollision of a chip that has a fixed one, 4 bytes, the first 08; ours draw another at every power-up, so
 *     that it recognises nobody
 */
public record ChipIdentity(byte[] chipId, byte[] uid) {
    public ChipIdentity {
        if (chipId.length != 8 || uid.length != 4 || uid[0] != 0x08) {
            throw new IllegalArgumentException("expected a chip id of 8 bytes and a UID of 4 that begins with 08");
        }
        chipId = chipId.clone();
        uid = uid.clone();
    }

    /** What a chip's fuses say. */
    static ChipIdentity of(byte[] fused12) {
        return new ChipIdentity(Arrays.copyOf(fused12, 8), Arrays.copyOfRange(fused12, 8, 12));
    }

    /** Chip id ‖ UID. */
    byte[] fuses() {
        return new ByteWriter().bytes(chipId).bytes(uid).toByteArray();
    }

    /** A new one. */
    public static ChipIdentity fresh(RandomSource random) {
        byte[] uid = random.bytes(4);
        uid[0] = 0x08;
        return new ChipIdentity(random.bytes(8), uid);
    }

    @Override
    public byte[] chipId() {
        return chipId.clone();
    }

    @Override
    public byte[] uid() {
        return uid.clone();
    }
}
