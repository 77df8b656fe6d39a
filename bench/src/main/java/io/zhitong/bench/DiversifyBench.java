package io.zhitong.bench;

import io.zhitong.keyapi.DerivedKey;
import io.zhitong.keyapi.ModuleKey;
import io.zhitong.keyvault.module.SoftModule;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretBytes;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A thousand card keys derived in the soft module, root to city to card, one block under each (批量分散). */
@State(Scope.Benchmark)
public class DiversifyBench {
    static final int CARDS = 1_000;
    private static final int STEPS = 2;

    private final SoftModule module = new SoftModule(RandomSource.secure());
    private final ModuleKey root = module.loadSm4(SecretBytes.takeOver(new byte[16]));
    private final DerivedKey city = new DerivedKey(root, List.of(new byte[] {0x44, 0x03, -1, 0, 0, 0, 0, 0}));
    private final byte[] block = new byte[16];
    private final BareSm4 bare = new BareSm4();

    @Benchmark
    public byte[] figure() {
        byte[] last = block;
        for (long card = 0; card < CARDS; card++) {
            last = module.encryptBlock(city.then(new ByteWriter().u64(card).toByteArray()), block);
        }
        return last;
    }

    @Benchmark
    public byte[] limit() {
        return bare.derive(CARDS, STEPS);
    }
}
