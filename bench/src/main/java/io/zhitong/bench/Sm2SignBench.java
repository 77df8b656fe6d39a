package io.zhitong.bench;

import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PrivateKey;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One SM2 signature over 64 bytes, beside the library's own signer (SM2 签名). */
@State(Scope.Benchmark)
public class Sm2SignBench {
    private final byte[] message = new byte[64];
    private final Sm2PrivateKey key = Sm2PrivateKey.generate(RandomSource.secure());
    private final RandomSource random = RandomSource.secure();
    private final BareSm2 bare = new BareSm2(message);

    @Benchmark
    public byte[] figure() {
        return Sm2.sign(key, message, random);
    }

    @Benchmark
    public byte[] limit() {
        return bare.sign();
    }
}
