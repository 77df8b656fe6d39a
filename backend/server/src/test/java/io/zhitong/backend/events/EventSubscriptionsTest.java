package io.zhitong.backend.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.Eventually;
import io.zhitong.backend.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

@BothDatabases
final class EventSubscriptionsTest {
    private final TestEvents events;
    private final TestJournal journal = new TestJournal(1, 42, 1);

    EventSubscriptionsTest(TestDatabase database) {
        events = new TestEvents(database);
    }

    @Test
    void consumers_read_what_was_there_and_what_comes_each_with_a_cursor_of_its_own() {
        events.append(journal, journal.fill(3));
        Seen all = new Seen("all", Set.of(EventKind.values()));
        Seen fires = new Seen("fires", Set.of(EventKind.FIRE));
        EventSubscriptions subscriptions = started(all, fires);
        try {
            journal.write(EventKind.FIRE, 1, new byte[0]);
            events.append(journal, journal.records());
            Eventually.holds("all four", () -> all.positions.size() == 4);
            Eventually.holds("one fire", () -> fires.positions.size() == 1);
            assertThat(all.positions).containsExactly(1L, 2L, 3L, 4L);
            assertThat(fires.positions).containsExactly(4L);
        } finally {
            subscriptions.stop();
        }
    }

    @Test
    void one_that_fails_says_why_and_holds_up_no_other() {
        events.append(journal, journal.fill(1));
        Seen sound = new Seen("sound", Set.of(EventKind.values()));
        EventSubscriptions subscriptions = started(new Failing(), sound);
        try {
            Eventually.holds("the sound one has read", () -> sound.positions.size() == 1);
            Eventually.holds(
                    "the problem is told",
                    () -> subscriptions.problem("failing").isPresent());
            assertThat(subscriptions.problem("failing")).hasValue("planted");
            assertThat(subscriptions.problem("sound")).isEmpty();
        } finally {
            subscriptions.stop();
        }
    }

    @Test
    void after_a_stop_nothing_is_read_and_a_new_start_goes_on_where_it_was() {
        Seen first = new Seen("same", Set.of(EventKind.values()));
        EventSubscriptions before = started(first);
        events.append(journal, journal.fill(2));
        Eventually.holds("two", () -> first.positions.size() == 2);
        before.stop();
        assertThat(before.isRunning()).isFalse();
        events.append(journal, journal.fill(1));
        Seen second = new Seen("same", Set.of(EventKind.values()));
        EventSubscriptions after = started(second);
        try {
            Eventually.holds("the third", () -> second.positions.size() == 1);
            assertThat(second.positions).containsExactly(3L);
            assertThat(first.positions).hasSize(2);
        } finally {
            after.stop();
        }
    }

    @Test
    void a_signal_that_came_while_nobody_waited_is_not_lost() throws InterruptedException {
        EventSignal signal = new EventSignal();
        long seen = signal.count();
        signal.raise();
        long before = System.nanoTime();
        signal.await(seen, Duration.ofSeconds(30));
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
        assertThat(signal.count()).isEqualTo(seen + 1);
    }

    @Test
    void a_wait_without_a_signal_ends_by_itself() throws InterruptedException {
        EventSignal signal = new EventSignal();
        signal.await(signal.count(), Duration.ofMillis(20));
        signal.await(signal.count(), Duration.ZERO);
        assertThat(signal.count()).isZero();
    }

    private EventSubscriptions started(EventConsumer... consumers) {
        EventSubscriptions subscriptions = new EventSubscriptions(List.of(consumers), events.cursor(), events.signal());
        subscriptions.start();
        return subscriptions;
    }

    private static final class Seen implements EventConsumer {
        private final String name;
        private final Set<EventKind> kinds;
        final List<Long> positions = new CopyOnWriteArrayList<>();

        Seen(String name, Set<EventKind> kinds) {
            this.name = name;
            this.kinds = kinds;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Set<EventKind> kinds() {
            return kinds;
        }

        @Override
        public void consume(CommunityId community, List<StoredEvent> batch) {
            batch.forEach(event -> positions.add(event.position()));
        }
    }

    private static final class Failing implements EventConsumer {
        @Override
        public String name() {
            return "failing";
        }

        @Override
        public Set<EventKind> kinds() {
            return Set.of(EventKind.values());
        }

        @Override
        public void consume(CommunityId community, List<StoredEvent> batch) {
            throw new IllegalStateException("planted");
        }
    }
}
