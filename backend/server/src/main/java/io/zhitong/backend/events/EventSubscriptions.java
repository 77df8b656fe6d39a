package io.zhitong.backend.events;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.foundation.BackendRole;
import io.zhitong.backend.foundation.RunsIn;
import io.zhitong.backend.foundation.StartPhase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Runs each {@link EventConsumer} in a thread of its own from its cursor on (事件订阅). */
@Component
@RunsIn(BackendRole.WORKER)
public class EventSubscriptions implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(EventSubscriptions.class);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);

    private final List<EventConsumer> consumers;
    private final EventCursor cursor;
    private final EventSignal signal;
    private final Map<String, String> problems = new ConcurrentHashMap<>();
    private volatile List<Thread> threads = List.of();
    private volatile boolean running;

    EventSubscriptions(List<EventConsumer> consumers, EventCursor cursor, EventSignal signal) {
        this.consumers = List.copyOf(consumers);
        this.cursor = cursor;
        this.signal = signal;
    }

    /** What keeps a consumer from going on, for the pages that wait for it; empty when it runs. */
    public Optional<String> problem(String consumer) {
        return Optional.ofNullable(problems.get(consumer));
    }

    /**
     * Lets a consumer read everything again.
     *
     * @param forget takes back what it made of the events, in the transaction that puts its cursor back
     */
    public void rewind(String consumer, CommunityId community, Runnable forget) {
        cursor.rewind(consumer, community, forget);
        signal.heard();
    }

    @Override
    public void start() {
        running = true;
        threads = consumers.stream().map(this::thread).toList();
        threads.forEach(Thread::start);
    }

    private Thread thread(EventConsumer consumer) {
        Thread thread = new Thread(() -> run(consumer), "events-" + consumer.name());
        thread.setDaemon(true);
        return thread;
    }

    private void run(EventConsumer consumer) {
        try {
            while (running) {
                long seen = signal.count();
                boolean done = consumeAll(consumer);
                signal.await(seen, done ? EventSignal.LOOK_AGAIN : AFTER_FAILURE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // The edge of a consumer: whatever it throws, its events must come again and the thread must live.
    private boolean consumeAll(EventConsumer consumer) {
        try {
            for (CommunityId community : cursor.communities()) {
                while (running && cursor.advance(consumer, community)) {
                    // the next batch
                }
            }
            problems.remove(consumer.name());
            return true;
        } catch (RuntimeException e) {
            if (running && problems.put(consumer.name(), String.valueOf(e.getMessage())) == null) {
                LOG.warn("consumer {} waits, its events come again: {}", consumer.name(), e.getMessage(), e);
            }
            return false;
        }
    }

    @Override
    public void stop() {
        running = false;
        // Woken by the signal, never interrupted: an interrupt in the middle of a write closes H2's file.
        signal.raise();
        for (Thread thread : threads) {
            try {
                thread.join(Duration.ofSeconds(10).toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
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
