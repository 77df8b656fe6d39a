package io.zhitong.backend.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhitong.backend.testing.Eventually;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Feeds of pages without a web server: what is not sent yet waits in the emitter. */
final class LiveStreamsTest {
    private final LiveStreams streams = new LiveStreams();
    private final CountDownLatch end = new CountDownLatch(1);

    @BeforeEach
    void start() {
        streams.start();
    }

    @AfterEach
    void stop() {
        end.countDown();
        streams.stop();
    }

    @Test
    void a_feed_is_looked_at_again_and_again_until_the_program_stops() {
        AtomicInteger looks = new AtomicInteger();
        streams.open(feed(looks::incrementAndGet, () -> {}));
        Eventually.holds("several looks", () -> looks.get() > 3);
        streams.stop();
        assertThat(streams.isRunning()).isFalse();
        AtomicInteger before = new AtomicInteger(-1);
        Eventually.holds("no look any more", () -> before.getAndSet(looks.get()) == looks.get());
    }

    @Test
    void a_page_that_has_gone_and_a_database_that_is_away_end_the_stream_and_nothing_else() {
        AtomicInteger gone = new AtomicInteger();
        AtomicInteger away = new AtomicInteger();
        AtomicInteger other = new AtomicInteger();
        streams.open(feed(
                () -> {
                    gone.incrementAndGet();
                    throw new IOException("planted");
                },
                () -> {}));
        streams.open(feed(
                () -> {
                    away.incrementAndGet();
                    throw new DataAccessResourceFailureException("planted");
                },
                () -> {}));
        streams.open(feed(other::incrementAndGet, () -> {}));
        Eventually.holds("the third goes on", () -> other.get() > 5);
        assertThat(gone).hasValue(1);
        assertThat(away).hasValue(1);
    }

    @Test
    void more_pages_than_there_are_threads_are_refused_and_one_that_ends_makes_room() {
        List<SseEmitter> open = new ArrayList<>();
        AtomicInteger looking = new AtomicInteger();
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 1_000; i++) {
                        open.add(streams.open(feed(looking::incrementAndGet, this::forEver)));
                    }
                })
                .isInstanceOfSatisfying(
                        ResponseStatusException.class,
                        e -> assertThat(e.getStatusCode().value()).isEqualTo(503));
        assertThat(open).hasSize(128);
        end.countDown();
        streams.stop();
        Eventually.holds("threads end", () -> {
            try {
                streams.open(feed(() -> {}, () -> {}));
                return true;
            } catch (ResponseStatusException e) {
                return false;
            }
        });
    }

    @Test
    void a_watched_page_is_told_at_first_and_with_each_change_only() {
        AtomicReference<String> state = new AtomicReference<>("one");
        AtomicInteger asked = new AtomicInteger();
        Sent sent = new Sent();
        LiveStreams.Feed feed = watched(() -> {
            asked.incrementAndGet();
            return state.get();
        });
        look(feed, sent);
        look(feed, sent);
        assertThat(sent.events).hasValue(1);
        state.set("two");
        look(feed, sent);
        look(feed, sent);
        assertThat(sent.events).hasValue(2);
        assertThat(asked).hasValue(4);
    }

    private void forEver() throws InterruptedException {
        end.await();
    }

    private static void look(LiveStreams.Feed feed, SseEmitter to) {
        try {
            feed.look(to);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static LiveStreams.Feed watched(java.util.function.Supplier<?> state) {
        return LiveStreams.watching(state);
    }

    /** Counts what is sent. */
    private static final class Sent extends SseEmitter {
        private final AtomicInteger events = new AtomicInteger();

        @Override
        public void send(SseEventBuilder builder) {
            events.incrementAndGet();
        }
    }

    private interface Look {
        void look() throws IOException;
    }

    private interface Await {
        void await() throws InterruptedException;
    }

    private static LiveStreams.Feed feed(Look look, Await await) {
        return new LiveStreams.Feed() {
            @Override
            public void look(SseEmitter to) throws IOException {
                look.look();
            }

            @Override
            public void await() throws InterruptedException {
                await.await();
            }
        };
    }
}
