package io.zhitong.backend.commerce;

import io.zhitong.backend.foundation.BackgroundThread;
import io.zhitong.backend.foundation.StartPhase;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyServiceException;
import java.time.Duration;
import java.util.Optional;
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
    private final BackgroundThread thread = new BackgroundThread("commerce-clearing", this::run);
    private volatile Optional<KeyRefusal> waitingFor = Optional.empty();

    ClearingWorker(PurchaseClearing clearing) {
        this.clearing = clearing;
    }

    /** Why the vault does not answer; empty while it does. */
    public Optional<KeyRefusal> waitingFor() {
        return waitingFor;
    }

    @Override
    public void start() {
        thread.start();
    }

    private void run() {
        Duration pause;
        do {
            pause = clearAll();
        } while (thread.pause(pause));
    }

    // The edge of this thread: whatever a round throws, the next one must come.
    private Duration clearAll() {
        try {
            while (thread.running() && clearing.clearBatch() == PurchaseClearing.BATCH) {
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
        thread.stopAndWait();
    }

    @Override
    public boolean isRunning() {
        return thread.running();
    }

    @Override
    public int getPhase() {
        return StartPhase.CONSUMERS;
    }
}
