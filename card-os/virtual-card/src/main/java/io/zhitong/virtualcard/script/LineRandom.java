package io.zhitong.virtualcard.script;

import io.zhitong.cos.chip.RandomExhausted;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.RandomSource;
import java.util.Arrays;

/**
 * What cards of a script draw (随机数): the system's random bytes, or, once something was fed, that in order and nothing
 * else. Remembers what was drawn, for a record. Not thread-safe.
 */
public final class LineRandom implements RandomSource {
    private static final RandomSource SECURE = RandomSource.secure();

    private byte[] fed = {};
    private int at;
    private boolean strict;
    private byte[] drawn = {};

    /** Adds bytes; from now on there are no others. */
    public void feed(byte[] more) {
        fed = new ByteWriter()
                .bytes(Arrays.copyOfRange(fed, at, fed.length))
                .bytes(more)
                .toByteArray();
        at = 0;
        strict = true;
    }

    @Override
    public byte[] bytes(int n) {
        byte[] out = strict ? next(n) : SECURE.bytes(n);
        drawn = new ByteWriter().bytes(drawn).bytes(out).toByteArray();
        return out;
    }

    /** What was drawn since this was last asked. */
    byte[] takeDrawn() {
        byte[] taken = drawn;
        drawn = new byte[0];
        return taken;
    }

    private byte[] next(int n) {
        if (n > fed.length - at) {
            throw new RandomExhausted(n, fed.length - at);
        }
        at += n;
        return Arrays.copyOfRange(fed, at - n, at);
    }
}
