package io.zhitong.bench;

import io.zhitong.cardterminal.AccessOutcome;
import io.zhitong.cardterminal.AccessSam;
import io.zhitong.cardterminal.FastAccess;
import io.zhitong.cos.Card;
import io.zhitong.personalisation.SamOrder;
import io.zhitong.smcrypto.RandomSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The fast access transaction of a card, a door and its access SAM, all in this process (快速认证). */
@State(Scope.Benchmark)
public class FastAccessBench {
    /** Card: its key; SAM: the master, the derived key. */
    private static final int KEYS = 3;

    private static final int DERIVATION = 2;
    private static final int BLOCK = 16;

    private final MadeCards world = new MadeCards();
    private final Card card = world.card();
    private final AtomicInteger covered = new AtomicInteger();
    private final FastAccess door;
    private final BareSm4 bare = new BareSm4();
    private final int blocks;

    public FastAccessBench() {
        AccessSam sam = AccessSam.open(world.module(SamOrder.Kind.ACCESS)::process);
        door = new FastAccess(
                MadeCards.DOOR,
                (version, credential, message) -> {
                    covered.setPlain(message.length);
                    return sam.mac(version, credential, message);
                },
                RandomSource.secure());
        figure();
        int macBlocks = 1 + (covered.get() + BLOCK - 1) / BLOCK;
        blocks = DERIVATION + 2 * macBlocks;
    }

    @Benchmark
    public final AccessOutcome figure() {
        AccessOutcome outcome = door.identify(card::process, MadeCards.NOW);
        if (!(outcome instanceof AccessOutcome.Genuine)) {
            throw new IllegalStateException("expected a genuine card, came " + outcome);
        }
        return outcome;
    }

    @Benchmark
    public byte[] limit() {
        return bare.run(KEYS, blocks);
    }

    @TearDown
    public void close() {
        world.close();
    }
}
