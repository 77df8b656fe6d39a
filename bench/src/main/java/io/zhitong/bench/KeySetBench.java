package io.zhitong.bench;

import io.zhitong.keyvault.block.KeySetRun;
import java.io.IOException;
import java.io.OutputStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Five hundred cards' sets of eight keys as key blocks, on one thread (卡密钥组). */
@State(Scope.Benchmark)
public class KeySetBench {
    private static final int CARDS = 500;

    private final KeySetMasters masters = new KeySetMasters();
    private final KeySetRun run = masters.run(1);
    private final byte[] cards = KeySetMasters.cards(CARDS);
    private final BareSm4 bare = new BareSm4();

    @Benchmark
    public int figure() throws IOException {
        run.write(cards, OutputStream.nullOutputStream());
        return run.length();
    }

    @Benchmark
    public byte[] limit() {
        return bare.run(1, CARDS * KeySetMasters.KEYS * KeySetMasters.BLOCKS);
    }

    @TearDown
    public void close() {
        run.close();
        masters.close();
    }
}
