package io.zhitong.backend.wall.web;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.events.EventReader;
import io.zhitong.backend.events.EventSignal;
import io.zhitong.backend.events.StoredEvent;
import io.zhitong.backend.foundation.BackendRole;
import io.zhitong.backend.foundation.RunsIn;
import io.zhitong.backend.wall.DeviceLine;
import io.zhitong.backend.wall.DeviceWords;
import io.zhitong.backend.wall.EventWords;
import io.zhitong.backend.wall.WallGroup;
import io.zhitong.backend.wall.WallLine;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * The streams of open walls (事件流): each has a thread that reads the event store by position, so that a slow browser holds up
 * nobody and a returning one continues where it was. A stream ends after {@link #LIFE}: the browser comes back by itself,
 * and its log-in is looked at again.
 */
@Component
@RunsIn(BackendRole.CONSOLE)
class WallStreams implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(WallStreams.class);
    private static final Duration LIFE = Duration.ofMinutes(5);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration PING = Duration.ofSeconds(10);
    private static final int MOST = 64;
    private static final int BATCH = 100;

    private final EventReader reader;
    private final EventSignal signal;
    private final EventWords words;
    private final DeviceWords devices;
    private final ExecutorService threads =
            new ThreadPoolExecutor(0, MOST, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
                Thread thread = new Thread(work, "wall-stream");
                thread.setDaemon(true);
                return thread;
            });
    private volatile boolean running;

    WallStreams(EventReader reader, EventSignal signal, EventWords words, DeviceWords devices) {
        this.reader = reader;
        this.signal = signal;
        this.words = words;
        this.devices = devices;
    }

    SseEmitter open(CommunityId community, long after, Optional<WallGroup> group, Locale locale) {
        SseEmitter emitter = new SseEmitter(0L);
        Stream stream = new Stream(emitter, community, group, locale, after);
        emitter.onError(e -> stream.ended = true);
        emitter.onCompletion(() -> stream.ended = true);
        try {
            threads.execute(stream::run);
        } catch (RejectedExecutionException e) {
            throw new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE, "too many open walls", e);
        }
        return emitter;
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
        private final CommunityId community;
        private final Optional<WallGroup> group;
        private final Locale locale;
        private final long end = System.nanoTime() + LIFE.toNanos();
        private long position;
        private long nextPing = System.nanoTime();
        private List<DeviceLine> shown = List.of();
        private volatile boolean ended;

        Stream(SseEmitter emitter, CommunityId community, Optional<WallGroup> group, Locale locale, long position) {
            this.emitter = emitter;
            this.community = community;
            this.group = group;
            this.locale = locale;
            this.position = position;
        }

        void run() {
            try {
                emitter.send(SseEmitter.event().reconnectTime(1000).comment("open"));
                while (running && !ended && System.nanoTime() < end) {
                    long seen = signal.count();
                    sendEvents();
                    sendDevices();
                    ping();
                    signal.await(seen, LOOK);
                }
                emitter.complete();
            } catch (IOException | IllegalStateException e) {
                LOG.debug("a wall has gone: {}", e.getMessage());
            } catch (DataAccessException e) {
                LOG.warn("a wall ends, the browser comes back: {}", e.getMessage());
                emitter.complete();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void sendEvents() throws IOException {
            List<StoredEvent> events = reader.after(community, position, BATCH);
            for (WallLine line : words.lines(community, events, locale)) {
                position = line.position();
                if (group.map(line.group()::equals).orElse(true)) {
                    emitter.send(SseEmitter.event()
                            .id(Long.toString(position))
                            .name("line")
                            .data(line, MediaType.APPLICATION_JSON));
                }
            }
        }

        private void sendDevices() throws IOException {
            List<DeviceLine> now = devices.lines(community, locale);
            if (!now.equals(shown)) {
                emitter.send(SseEmitter.event().name("devices").data(now, MediaType.APPLICATION_JSON));
                shown = now;
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
