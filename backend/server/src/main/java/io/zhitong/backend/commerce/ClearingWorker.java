package io.zhitong.backend.commerce;

import io.zhitong.backend.foundation.BackgroundPart;
import io.zhitong.backend.foundation.BackgroundThread;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyServiceException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Works off the queue of purchases (清分线程); while the vault is sealed or away it waits and says so. */
@Component
public class ClearingWorker implements BackgroundPart {
    private static final Logger LOG = LoggerFactory.getLogger(ClearingWorker.class);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration AFTER_REFUSAL = Duration.ofSeconds(2);

    private final PurchaseClearing clearing;
    private final BackgroundThread thread = BackgroundThread.repeating("commerce-clearing", this::clearAll);
    private volatile Optional<KeyRefusal> waitingFor = Optional.empty();

    ClearingWorker(PurchaseClearing clearing) {
        this.clearing = clearing;
    }

    /** Why the vault does not answer; empty while it does. */
    public Optional<KeyRefusal> waitingFor() {
        return waitingFor;
    }

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
            return AFTER_REFUSAL;
        }
    }

    @Override
    public BackgroundThread thread() {
        return thread;
    }
}
