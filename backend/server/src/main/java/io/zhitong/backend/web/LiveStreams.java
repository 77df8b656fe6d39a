package io.zhitong.backend.web;

import io.zhitong.backend.foundation.BackendRole;
import io.zhitong.backend.foundation.RunsIn;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Streams to open pages (实时推送): each has a thread of its own, so that a slow browser holds up nobody. A stream ends after
 * {@link #LIFE}: the browser comes back by itself, and its log-in is looked at again.
 */
@Component
@RunsIn(BackendRole.CONSOLE)
public class LiveStreams implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(LiveStreams.class);
    private static final Duration LIFE = Duration.ofMinutes(5);
    private static final Duration PING = Duration.ofSeconds(10);
    private static final int MOST = 128;

    private final ExecutorService threads =
            new ThreadPoolExecutor(0, MOST, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
                Thread thread = new Thread(work, "live-stream");
                thread.setDaemon(true);
                return thread;
            });
    private volatile boolean running;

    /** What a page is told; used by one thread. */
    public interface Feed {
        /** Sends what is new. */
        void look(SseEmitter to) throws IOException;

        /** Returns when there may be something new, after a second at the latest. */
        default void await() throws InterruptedException {
            TimeUnit.SECONDS.sleep(1);
        }
    }

    /** @throws ResponseStatusException when too many pages are open */
    public SseEmitter open(Feed feed) {
        SseEmitter emitter = new SseEmitter(0L);
        Stream stream = new Stream(emitter, feed);
        emitter.onError(e -> stream.ended = true);
        emitter.onCompletion(() -> stream.ended = true);
        try {
            threads.execute(stream::run);
        } catch (RejectedExecutionException e) {
            throw new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE, "too many open pages", e);
        }
        return emitter;
    }

    /** Tells the page to fetch its part anew ({@code live.js}) at first and whenever {@code state} has changed. */
    public SseEmitter watch(Supplier<?> state) {
        return open(watching(state));
    }

    static Feed watching(Supplier<?> state) {
        return new Watch(state);
    }

    private static final class Watch implements Feed {
        private final Supplier<?> state;
        private Optional<Object> shown = Optional.empty();

        Watch(Supplier<?> state) {
            this.state = state;
        }

        @Override
        public void look(SseEmitter to) throws IOException {
            Optional<Object> now = Optional.of(state.get());
            if (!now.equals(shown)) {
                to.send(SseEmitter.event().name("changed").data(""));
                shown = now;
            }
        }
    }

    @Override
    public void start() {
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
        // Stops after the web server has been asked to: an open stream would keep it from ending.
        return Integer.MAX_VALUE;
    }

    private final class Stream {
        private final SseEmitter emitter;
        private final Feed feed;
        private final long end = System.nanoTime() + LIFE.toNanos();
        private long nextPing = System.nanoTime();
        private volatile boolean ended;

        Stream(SseEmitter emitter, Feed feed) {
            this.emitter = emitter;
            this.feed = feed;
        }

        void run() {
            try {
                emitter.send(SseEmitter.event().reconnectTime(1000).comment("open"));
                while (running && !ended && System.nanoTime() < end) {
                    feed.look(emitter);
                    ping();
                    feed.await();
                }
                emitter.complete();
            } catch (IOException | IllegalStateException e) {
                LOG.debug("a page has gone: {}", e.getMessage());
            } catch (DataAccessException e) {
                LOG.warn("a stream ends, the browser comes back: {}", e.getMessage());
                emitter.complete();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void ping() throws IOException {
            if (System.nanoTime() >= nextPing) {
                emitter.send(SseEmitter.event().name("ping").data(""));
                nextPing = System.nanoTime() + PING.toNanos();
            }
        }
    }
}
