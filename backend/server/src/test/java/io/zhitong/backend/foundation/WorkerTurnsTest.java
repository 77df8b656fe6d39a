package io.zhitong.backend.foundation;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.TestDatabase;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@BothDatabases
final class WorkerTurnsTest {
    private final TestDatabase database;
    private final TestBackend a;
    private final TestBackend b;

    WorkerTurnsTest(TestDatabase database) {
        this.database = database;
        a = TestBackend.on(database);
        b = TestBackend.on(database);
    }

    @Test
    void a_job_is_one_process_s_at_a_time_and_stays_with_it() {
        assertThat(a.turns().mine("close")).isTrue();
        assertThat(b.turns().mine("close")).isFalse();
        assertThat(a.turns().mine("close")).isTrue();
        assertThat(b.turns().mine("lists")).isTrue();
        assertThat(a.turns().mine("lists")).isFalse();
    }

    @Test
    void a_process_that_leaves_frees_its_jobs_at_once() {
        assertThat(a.turns().mine("close")).isTrue();
        a.self().leave();
        assertThat(b.turns().mine("close")).isTrue();
        assertThat(a.turns().mine("close")).isFalse();
    }

    @Test
    void a_process_silent_for_more_than_ten_seconds_loses_its_jobs_and_does_not_get_them_back() {
        assertThat(a.turns().mine("close")).isTrue();
        a.silent();
        assertThat(b.turns().mine("close")).isTrue();
        a.self().live();
        assertThat(a.turns().mine("close")).isFalse();
    }

    @Test
    void a_process_whose_row_somebody_removed_comes_back_by_its_next_sign_of_life() {
        a.self().leave();
        a.self().live();
        assertThat(a.turns().mine("close")).isTrue();
    }

    @Test
    void of_eight_processes_that_ask_at_once_one_gets_the_job() throws InterruptedException {
        List<TestBackend> all =
                IntStream.range(0, 8).mapToObj(i -> TestBackend.on(database)).toList();
        CountDownLatch start = new CountDownLatch(1);
        boolean[] got = new boolean[8];
        List<Thread> threads = IntStream.range(0, 8)
                .mapToObj(i -> new Thread(() -> {
                    awaited(start);
                    got[i] = all.get(i).turns().mine("close");
                }))
                .toList();
        threads.forEach(Thread::start);
        start.countDown();
        for (Thread thread : threads) {
            thread.join(30_000);
        }
        assertThat(Stream.iterate(0, i -> i < 8, i -> i + 1).filter(i -> got[i]))
                .hasSize(1);
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void what_a_job_waits_for_is_read_by_every_process() {
        assertThat(b.turns().waiting("clearing")).isEmpty();
        a.turns().waits("clearing", Optional.of("UNAVAILABLE"));
        assertThat(b.turns().waiting("clearing")).hasValue("UNAVAILABLE");
        a.turns().waits("clearing", Optional.of("x".repeat(1_000)));
        assertThat(b.turns().waiting("clearing").orElseThrow()).hasSize(400);
        a.turns().waits("clearing", Optional.empty());
        assertThat(b.turns().waiting("clearing")).isEmpty();
    }

    @Test
    void rows_of_processes_gone_for_a_day_are_cleared_by_the_next_that_starts() {
        database.jdbc()
                .sql("update backend_process set heard_at = heard_at - interval '2' day where id = ?")
                .param(a.self().id())
                .update();
        TestBackend.on(database);
        assertThat(database.jdbc()
                        .sql("select count(*) from backend_process")
                        .query(Long.class)
                        .single())
                .isEqualTo(2);
    }
}
