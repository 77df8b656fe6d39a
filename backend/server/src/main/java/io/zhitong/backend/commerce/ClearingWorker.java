package io.zhitong.backend.commerce;

import io.zhitong.backend.foundation.BackendRole;
import io.zhitong.backend.foundation.BackgroundPart;
import io.zhitong.backend.foundation.BackgroundThread;
import io.zhitong.backend.foundation.RunsIn;
import io.zhitong.backend.foundation.WorkerTurns;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyServiceException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Works off the queue of purchases (清分线程); while the vault is sealed or away it waits and says so. */
@Component
@RunsIn(BackendRole.WORKER)
public class ClearingWorker implements BackgroundPart {
    private static final Logger LOG = LoggerFactory.getLogger(ClearingWorker.class);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration AFTER_REFUSAL = Duration.ofSeconds(2);

    private static final String JOB = "commerce-clearing";
    private static final Duration NOT_MINE = Duration.ofSeconds(1);

    private final PurchaseClearing clearing;
    private final WorkerTurns turns;
    private final BackgroundThread thread = BackgroundThread.repeating(JOB, this::clearAll);
    private Optional<KeyRefusal> waitingFor = Optional.empty();

    ClearingWorker(PurchaseClearing clearing, WorkerTurns turns) {
        this.clearing = clearing;
        this.turns = turns;
    }

    /** Why the vault does not answer the worker, whichever process it is; empty while it does. */
    public Optional<KeyRefusal> waitingFor() {
        return turns.waiting(JOB).map(KeyRefusal::valueOf);
    }

    private Duration clearAll() {
        if (!turns.mine(JOB)) {
            return NOT_MINE;
        }
        try {
            while (thread.running() && clearing.clearBatch() == PurchaseClearing.BATCH) {
                // the next batch
            }
            waits(Optional.empty());
            return PAUSE;
        } catch (KeyServiceException e) {
            if (waitingFor.isEmpty()) {
                LOG.warn("purchases wait for the vault: {}", e.getMessage());
            }
            waits(Optional.of(e.reason()));
            return AFTER_REFUSAL;
        }
    }

    private void waits(Optional<KeyRefusal> reason) {
        if (!reason.equals(waitingFor)) {
            turns.waits(JOB, reason.map(Enum::name));
            waitingFor = reason;
        }
    }

    @Override
    public BackgroundThread thread() {
        return thread;
    }
}
