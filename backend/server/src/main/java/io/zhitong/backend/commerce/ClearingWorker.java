package io.zhitong.backend.commerce;

import io.zhitong.backend.foundation.StartPhase;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyServiceException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Works off the queue of purchases (清分线程); while the vault is sealed or away it waits and says so. */
@Component
public class ClearingWorker implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(ClearingWorker.class);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration AFTER_REFUSAL = Duration.ofSeconds(2);

    private final PurchaseClearing clearing;
    private final Semaphore stop = new Semaphore(0);
    private volatile Thread thread = new Thread(this::run, "commerce-clearing");
    private volatile Optional<KeyRefusal> waitingFor = Optional.empty();
    private volatile boolean running;

    ClearingWorker(PurchaseClearing clearing) {
        this.clearing = clearing;
    }

    /** Why the vault does not answer; empty while it does. */
    public Optional<KeyRefusal> waitingFor() {
        return waitingFor;
    }

    @Override
    public void start() {
        running = true;
        stop.drainPermits();
        thread = new Thread(this::run, "commerce-clearing");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (running) {
                Duration pause = clearAll();
                if (stop.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // The edge of this thread: whatever a round throws, the next one must come.
    private Duration clearAll() {
        try {
            while (running && clearing.clearBatch() == PurchaseClearing.BATCH) {
                // the next batch
            }
            waitingFor = Optional.empty();
            return PAUSE;
        } catch (KeyServiceException e) {
            if (waitingFor.isEmpty()) {
                LOG.warn("purchases wait for the vault: {}", e.getMessage());
            }
            waitingFor = Optional.of(e.reason());
        } catch (RuntimeException e) {
            LOG.warn("purchases wait, they are tried again: {}", e.getMessage(), e);
        }
        return AFTER_REFUSAL;
    }

    @Override
    public void stop() {
        running = false;
        stop.release();
        try {
            thread.join(Duration.ofSeconds(10).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return StartPhase.CONSUMERS;
    }
}
