package io.zhitong.backend.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.backend.foundation.DatabaseKind;
import io.zhitong.backend.foundation.TestBackend;
import io.zhitong.backend.testing.Eventually;
import io.zhitong.backend.testing.TestDatabase;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two processes on one PostgreSQL, each with its readers' signal. */
final class EventBroadcastTest {
    private final TestDatabase database = TestDatabase.of(DatabaseKind.PG);
    private final TestBackend a = TestBackend.on(database);
    private final TestBackend b = TestBackend.on(database);
    private final EventSignal signalOfA = new EventSignal();
    private final EventSignal signalOfB = new EventSignal();
    private final EventBroadcast broadcastOfA = broadcast(a, signalOfA);
    private final EventBroadcast broadcastOfB = broadcast(b, signalOfB);

    private EventBroadcast broadcast(TestBackend process, EventSignal signal) {
        return new EventBroadcast(
                signal, process.notices(), process.self(), database.kind(), database.jdbc(), database.transactions());
    }

    @AfterEach
    void stop() {
        for (TestBackend process : new TestBackend[] {a, b}) {
            process.notices().stop();
        }
        broadcastOfA.stop();
        broadcastOfB.stop();
        database.close();
    }

    private void start() {
        a.notices().start();
        b.notices().start();
        // The empty word after the connection is made.
        Eventually.holds("both listen", () -> signalOfA.count() > 0 && signalOfB.count() > 0);
        broadcastOfA.start();
        broadcastOfB.start();
    }

    @Test
    void what_one_process_stores_wakes_the_readers_of_the_other_well_within_a_second() throws InterruptedException {
        start();
        for (int i = 0; i < 5; i++) {
            long seen = signalOfB.count();
            long before = System.nanoTime();
            signalOfA.raise();
            signalOfB.await(seen, Duration.ofSeconds(20));
            assertThat(signalOfB.count()).isGreaterThan(seen);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void a_word_is_not_told_on_and_not_heard_by_its_teller() {
        start();
        long ofA = signalOfA.count();
        long ofB = signalOfB.count();
        signalOfA.raise();
        Eventually.holds("heard by B", () -> signalOfB.count() == ofB + 1);
        signalOfB.raise();
        Eventually.holds("heard by A", () -> signalOfA.count() == ofA + 2);
        assertThat(signalOfB.count()).isEqualTo(ofB + 2);
        assertThat(signalOfB.stored()).isEqualTo(1);
    }

    @Test
    void ten_thousand_signals_are_a_few_words() {
        start();
        long before = signalOfB.count();
        for (int i = 0; i < 10_000; i++) {
            signalOfA.raise();
        }
        Eventually.holds("heard", () -> signalOfB.count() > before);
        assertThat(signalOfB.count() - before).isLessThan(100);
    }

    @Test
    void without_news_nothing_is_told_and_the_wait_is_short() {
        broadcastOfA.tellNews();
        signalOfA.heard();
        broadcastOfA.tellNews();
        assertThat(signalOfA.stored()).isZero();
        assertThat(signalOfA.count()).isEqualTo(1);
    }
}
