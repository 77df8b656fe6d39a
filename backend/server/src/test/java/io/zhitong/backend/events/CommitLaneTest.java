package io.zhitong.backend.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.JournalId;
import io.zhitong.accessmodel.Watermark;
import io.zhitong.backend.testing.Eventually;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;

final class CommitLaneTest {
    private final ExecutorService devices = Executors.newCachedThreadPool();
    private final List<List<Long>> groups = new CopyOnWriteArrayList<>();
    private final List<Long> alone = new CopyOnWriteArrayList<>();
    private final CountDownLatch disk = new CountDownLatch(1);

    @AfterEach
    void close() {
        disk.countDown();
        devices.shutdownNow();
    }

    @Test
    void what_waits_while_two_commits_are_under_way_shares_the_next_one() {
        CommitLane lane = lane(this::afterTheDisk);
        CompletableFuture<Watermark> first = sent(lane, 1);
        Eventually.holds("the first is under way", () -> groups.size() == 1);
        CompletableFuture<Watermark> second = sent(lane, 2);
        Eventually.holds("the second is under way", () -> groups.size() == 2);
        List<CompletableFuture<Watermark>> rest = List.of(sent(lane, 3), sent(lane, 4), sent(lane, 5), sent(lane, 6));
        Eventually.holds("they wait", () -> lane.waiting() == 4);
        disk.countDown();
        assertThat(first.join()).isEqualTo(reached(1));
        assertThat(second.join()).isEqualTo(reached(2));
        for (int i = 0; i < rest.size(); i++) {
            assertThat(rest.get(i).join()).isEqualTo(reached(3 + i));
        }
        assertThat(groups).hasSize(3);
        assertThat(groups.get(2)).containsExactlyInAnyOrder(3L, 4L, 5L, 6L);
        assertThat(alone).isEmpty();
    }

    @Test
    void one_that_spoils_the_common_commit_gets_the_failure_and_the_others_their_watermark() {
        CommitLane lane = new CommitLane(
                group -> {
                    afterTheDisk(group);
                    if (group.size() > 1) {
                        throw new DataIntegrityViolationException("planted");
                    }
                    return all(group);
                },
                batch -> {
                    if (batch.journal().value() == 4) {
                        throw new DataIntegrityViolationException("planted, alone");
                    }
                    return byItself(batch);
                });
        sent(lane, 1);
        sent(lane, 2);
        Eventually.holds("two are under way", () -> groups.size() == 2);
        CompletableFuture<Watermark> good = sent(lane, 3);
        CompletableFuture<Watermark> bad = sent(lane, 4);
        Eventually.holds("they wait", () -> lane.waiting() == 2);
        disk.countDown();
        assertThat(good.join()).isEqualTo(reached(3));
        assertThatThrownBy(bad::join).isInstanceOf(CompletionException.class).hasStackTraceContaining("planted, alone");
        assertThat(sent(lane, 5).join()).isEqualTo(reached(5));
    }

    @Test
    void one_that_takes_long_by_itself_holds_up_nobody() {
        CountDownLatch slow = new CountDownLatch(1);
        CommitLane lane = new CommitLane(
                group -> {
                    groups.add(numbers(group));
                    return group.stream()
                            .map(batch -> batch.journal().value() < 4
                                    ? Optional.<Watermark>empty()
                                    : Optional.of(reached(batch.journal().value())))
                            .toList();
                },
                batch -> {
                    await(slow);
                    return byItself(batch);
                });
        List<CompletableFuture<Watermark>> stuck = List.of(sent(lane, 1), sent(lane, 2), sent(lane, 3));
        for (long n = 4; n < 60; n++) {
            assertThat(sent(lane, n).join()).isEqualTo(reached(n));
        }
        assertThat(stuck).noneMatch(CompletableFuture::isDone);
        slow.countDown();
        stuck.forEach(CompletableFuture::join);
        assertThat(alone).containsExactlyInAnyOrder(1L, 2L, 3L);
    }

    @Test
    void two_batches_of_one_journal_are_never_in_one_transaction() {
        CommitLane lane = lane(this::afterTheDisk);
        sent(lane, 1);
        sent(lane, 2);
        Eventually.holds("two are under way", () -> groups.size() == 2);
        List<CompletableFuture<Watermark>> same = List.of(sent(lane, 7), sent(lane, 7), sent(lane, 8));
        Eventually.holds("they wait", () -> lane.waiting() == 3);
        disk.countDown();
        same.forEach(CompletableFuture::join);
        assertThat(groups)
                .hasSize(4)
                .allMatch(group -> group.size() == group.stream().distinct().count());
        assertThat(groups.stream().flatMap(List::stream).filter(n -> n == 7)).hasSize(2);
    }

    @Test
    void a_group_has_a_bound() {
        CommitLane lane = lane(this::afterTheDisk);
        sent(lane, 1);
        sent(lane, 2);
        Eventually.holds("two are under way", () -> groups.size() == 2);
        List<CompletableFuture<Watermark>> many = java.util.stream.LongStream.range(
                        100, 100 + CommitLane.MOST_BATCHES + 9)
                .mapToObj(n -> sent(lane, n))
                .toList();
        Eventually.holds("they wait", () -> lane.waiting() == many.size());
        disk.countDown();
        many.forEach(CompletableFuture::join);
        assertThat(groups).allMatch(group -> group.size() <= CommitLane.MOST_BATCHES);
        assertThat(groups.stream().mapToInt(List::size).sum()).isEqualTo(2 + many.size());
    }

    @Test
    void a_fault_of_the_program_reaches_nobody_else() {
        CommitLane lane = new CommitLane(
                group -> {
                    throw new IllegalStateException("planted");
                },
                this::byItself);
        assertThatThrownBy(() -> lane.store(batch(1))).hasMessage("planted");
        assertThatThrownBy(() -> lane.store(batch(2))).hasMessage("planted");
    }

    @Test
    void an_interrupted_wait_ends_and_its_batch_is_not_stored() throws InterruptedException {
        CommitLane lane = lane(this::afterTheDisk);
        sent(lane, 1);
        sent(lane, 2);
        Eventually.holds("two are under way", () -> groups.size() == 2);
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        Thread waiting = new Thread(() -> {
            try {
                lane.store(batch(3));
            } catch (IllegalStateException e) {
                end.complete(e);
            }
        });
        waiting.start();
        Eventually.holds("it waits", () -> lane.waiting() == 1);
        waiting.interrupt();
        waiting.join(30_000);
        assertThat(end.join()).hasMessageContaining("not acknowledged");
        disk.countDown();
        assertThat(sent(lane, 4).join()).isEqualTo(reached(4));
        assertThat(groups.stream().flatMap(List::stream)).doesNotContain(3L);
    }

    private CommitLane lane(Function<List<EventBatch>, List<Optional<Watermark>>> together) {
        return new CommitLane(together, this::byItself);
    }

    private List<Optional<Watermark>> afterTheDisk(List<EventBatch> group) {
        groups.add(numbers(group));
        await(disk);
        return all(group);
    }

    private static List<Long> numbers(List<EventBatch> group) {
        return group.stream().map(batch -> batch.journal().value()).toList();
    }

    private static List<Optional<Watermark>> all(List<EventBatch> group) {
        return group.stream()
                .map(batch -> Optional.of(reached(batch.journal().value())))
                .toList();
    }

    private Watermark byItself(EventBatch batch) {
        alone.add(batch.journal().value());
        return reached(batch.journal().value());
    }

    private CompletableFuture<Watermark> sent(CommitLane lane, long journal) {
        return CompletableFuture.supplyAsync(() -> lane.store(batch(journal)), devices);
    }

    private static EventBatch batch(long journal) {
        return new EventBatch(DeviceAddress.of(1, journal), new JournalId(journal), List.of());
    }

    private static Watermark reached(long journal) {
        return Watermark.start(new JournalId(journal));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
