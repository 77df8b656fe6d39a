package io.zhitong.cos.chip;

import io.zhitong.smcrypto.RandomSource;
import java.util.Arrays;

/** A random source (随机数源) that gives out a list of bytes in order, for reproducing a transaction. Not thread-safe. */
public final class FedRandom implements RandomSource {
    private final byte[] bytes;
    private int at;

    /** @param bytes to be given out */
    public FedRandom(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    @Override
    public byte[] bytes(int n) {
        if (n > bytes.length - at) {
            throw new RandomExhausted(n, bytes.length - at);
        }
        at += n;
        return Arrays.copyOfRange(bytes, at - n, at);
    }
}
