package io.zhitong.backend.foundation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class BackgroundThreadTest {
    private final Semaphore rounds = new Semaphore(0);
    private final AtomicReference<BackgroundThread> self = new AtomicReference<>();

    private BackgroundThread working(Duration pause) {
        var thread = new BackgroundThread("test-work", () -> {
            do {
                rounds.release();
            } while (self.get().pause(pause));
        });
        self.set(thread);
        return thread;
    }

    @Test
    void work_goes_round_until_it_is_stopped_and_again_after_another_start() throws InterruptedException {
        BackgroundThread thread = working(Duration.ofMillis(1));
        assertThat(thread.running()).isFalse();
        for (int start = 0; start < 2; start++) {
            thread.start();
            assertThat(thread.running()).isTrue();
            assertThat(rounds.tryAcquire(3, 10, TimeUnit.SECONDS)).isTrue();
            thread.stopAndWait();
            assertThat(thread.running()).isFalse();
            rounds.drainPermits();
            assertThat(rounds.tryAcquire(20, TimeUnit.MILLISECONDS)).isFalse();
        }
    }

    @Test
    void a_stop_ends_a_long_pause_at_once() throws InterruptedException {
        BackgroundThread thread = working(Duration.ofDays(1));
        thread.start();
        assertThat(rounds.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        thread.stopAndWait();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(each -> each.getName().equals("test-work"));
    }

    @Test
    void work_under_way_is_finished_and_never_interrupted() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicBoolean undisturbed = new AtomicBoolean();
        var thread = new BackgroundThread("test-write", () -> {
            begun.countDown();
            self.get().pause(Duration.ofDays(1));
            undisturbed.set(!Thread.currentThread().isInterrupted());
        });
        self.set(thread);
        thread.start();
        begun.await();
        thread.stopAndWait();
        assertThat(undisturbed).isTrue();
    }

    @Test
    void a_stop_without_a_start_and_a_second_stop_do_nothing() {
        BackgroundThread thread = working(Duration.ofDays(1));
        thread.stopAndWait();
        thread.start();
        thread.stopAndWait();
        thread.stopAndWait();
        assertThat(thread.running()).isFalse();
    }

    @Test
    void a_round_that_throws_is_followed_by_the_next() throws InterruptedException {
        AtomicInteger times = new AtomicInteger();
        BackgroundThread thread = BackgroundThread.repeating("test-rounds", () -> {
            rounds.release();
            if (times.incrementAndGet() == 1) {
                throw new IllegalStateException("planted");
            }
            return Duration.ofMillis(1);
        });
        thread.start();
        assertThat(rounds.tryAcquire(3, 10, TimeUnit.SECONDS)).isTrue();
        assertThat(thread.running()).isTrue();
        thread.stopAndWait();
        assertThat(thread.running()).isFalse();
    }
}
