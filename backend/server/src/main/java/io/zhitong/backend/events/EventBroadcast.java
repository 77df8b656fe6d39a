package io.zhitong.backend.events;

import io.zhitong.backend.foundation.BackgroundPart;
import io.zhitong.backend.foundation.BackgroundThread;
import io.zhitong.backend.foundation.DatabaseKind;
import io.zhitong.backend.foundation.Notices;
import io.zhitong.backend.foundation.StartPhase;
import io.zhitong.backend.foundation.ThisBackend;
import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Carries the signal of new events to the other processes (事件跨进程通知): at most ten words a second however much is stored, apart from
 * the storing transactions, because a NOTIFY lets only one of them commit at a time.
 */
@Component
final class EventBroadcast implements BackgroundPart {
    private static final String TOPIC = "events";
    private static final Duration AT_MOST_EVERY = Duration.ofMillis(100);

    private final EventSignal signal;
    private final Notices notices;
    private final String self;
    private final DatabaseKind kind;
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final BackgroundThread thread = BackgroundThread.repeating("event-broadcast", this::round);
    private long told;

    EventBroadcast(
            EventSignal signal,
            Notices notices,
            ThisBackend self,
            DatabaseKind kind,
            JdbcClient jdbc,
            TransactionTemplate transactions) {
        this.signal = signal;
        this.notices = notices;
        this.self = self.id().toString();
        this.kind = kind;
        this.jdbc = jdbc;
        this.transactions = transactions;
        notices.on(TOPIC, teller -> {
            if (!teller.equals(this.self)) {
                signal.heard();
            }
        });
    }

    private Duration round() {
        if (kind == DatabaseKind.H2) {
            return Duration.ofDays(1);
        }
        tellNews();
        return AT_MOST_EVERY;
    }

    /** Waits for something stored here and tells it. */
    void tellNews() {
        long seen = signal.count();
        long stored = signal.stored();
        if (stored == told) {
            await(seen);
            stored = signal.stored();
        }
        if (stored != told) {
            transactions.executeWithoutResult(status -> {
                // A hint need not survive a power cut: its commit does not wait for the disk.
                jdbc.sql("set local synchronous_commit = off").update();
                notices.tell(TOPIC, self);
            });
            told = stored;
        }
    }

    private void await(long seen) {
        try {
            signal.await(seen, EventSignal.LOOK_AGAIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public BackgroundThread thread() {
        return thread;
    }

    @Override
    public int getPhase() {
        return StartPhase.PROCESS;
    }
}
