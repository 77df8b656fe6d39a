package io.zhitong.bench;

import io.zhitong.keyapi.KeyAlgorithm;
import io.zhitong.keyapi.ModuleKey;
import io.zhitong.keyvault.module.SoftModule;
import io.zhitong.smcrypto.RandomSource;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One SM2 signature through the soft module, beside the library's own signer (软件模块 SM2 签名). */
@State(Scope.Benchmark)
public class SoftSignBench {
    private final byte[] message = new byte[64];
    private final SoftModule module = new SoftModule(RandomSource.secure());
    private final ModuleKey key = module.generate(KeyAlgorithm.SM2);
    private final BareSm2 bare = new BareSm2(message);

    @Benchmark
    public byte[] figure() {
        return module.sign(key, message);
    }

    @Benchmark
    public byte[] limit() {
        return bare.sign();
    }
}
