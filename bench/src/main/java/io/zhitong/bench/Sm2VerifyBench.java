package io.zhitong.bench;

import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PrivateKey;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One check of an SM2 signature over 64 bytes, beside the library's own verifier (SM2 验签). */
@State(Scope.Benchmark)
public class Sm2VerifyBench {
    private final byte[] message = new byte[64];
    private final Sm2PrivateKey key = Sm2PrivateKey.generate(RandomSource.secure());
    private final byte[] signature = Sm2.sign(key, message, RandomSource.secure());
    private final BareSm2 bare = new BareSm2(message);

    @Benchmark
    public boolean figure() {
        return genuine(Sm2.verify(key.publicKey(), message, signature));
    }

    @Benchmark
    public boolean limit() {
        return genuine(bare.verify());
    }

    private static boolean genuine(boolean verdict) {
        if (!verdict) {
            throw new IllegalStateException("expected a signature that verifies");
        }
        return verdict;
    }
}
