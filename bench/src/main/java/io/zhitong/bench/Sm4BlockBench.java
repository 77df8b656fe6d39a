package io.zhitong.bench;

import io.zhitong.smcrypto.Sm4;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One SM4 block under a key not met before: what derivations and session keys are made of (SM4 单块). */
@State(Scope.Benchmark)
public class Sm4BlockBench {
    private final byte[] key = new byte[16];
    private final byte[] block = new byte[16];
    private final BareSm4 bare = new BareSm4();

    @Benchmark
    public byte[] figure() {
        return Sm4.encryptBlock(key, block);
    }

    @Benchmark
    public byte[] limit() {
        return bare.run(1, 1);
    }
}
