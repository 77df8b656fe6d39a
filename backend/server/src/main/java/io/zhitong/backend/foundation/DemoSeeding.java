package io.zhitong.backend.foundation;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Runs the {@link DemoSeed}s before anything listens, so that no visitor meets half an estate. */
@Component
final class DemoSeeding implements SmartLifecycle {
    private final ZhitongSettings settings;
    private final ObjectProvider<DemoSeed> seeds;
    private final TransactionTemplate transactions;
    private volatile boolean running;

    DemoSeeding(ZhitongSettings settings, ObjectProvider<DemoSeed> seeds, TransactionTemplate transactions) {
        this.settings = settings;
        this.seeds = seeds;
        this.transactions = transactions;
    }

    @Override
    public void start() {
        if (settings.demo()) {
            seeds.orderedStream().forEach(seed -> transactions.executeWithoutResult(status -> seed.seed()));
        }
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return StartPhase.SEEDS;
    }
}
