package io.zhitong.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class SerialQueueTest {

    private final ExecutorService pool = Executors.newFixedThreadPool(4);

    @AfterEach
    void stop() {
        pool.shutdownNow();
    }

    @Test
    void work_of_one_connection_runs_in_order_and_never_side_by_side() throws InterruptedException {
        SerialQueue queue = new SerialQueue(pool);
        List<Integer> seen = Collections.synchronizedList(new ArrayList<>());
        AtomicInteger inside = new AtomicInteger();
        AtomicBoolean overlap = new AtomicBoolean();
        CountDownLatch done = new CountDownLatch(2_000);
        for (int i = 0; i < 2_000; i++) {
            int number = i;
            queue.add(() -> {
                overlap.compareAndSet(false, inside.incrementAndGet() > 1);
                seen.add(number);
                inside.decrementAndGet();
                done.countDown();
            });
        }
        assertTrue(done.await(10, TimeUnit.SECONDS));
        assertFalse(overlap.get());
        assertEquals(java.util.stream.IntStream.range(0, 2_000).boxed().toList(), seen);
    }

    @Test
    void adders_on_several_threads_lose_nothing_and_each_keeps_its_own_order() throws Exception {
        SerialQueue queue = new SerialQueue(pool);
        List<int[]> seen = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(4 * 500);
        CyclicBarrier start = new CyclicBarrier(4);
        List<Thread> adders = new ArrayList<>();
        for (int adder = 0; adder < 4; adder++) {
            int name = adder;
            Thread thread = new Thread(() -> {
                await(start);
                for (int i = 0; i < 500; i++) {
                    int number = i;
                    queue.add(() -> {
                        seen.add(new int[] {name, number});
                        done.countDown();
                    });
                }
            });
            adders.add(thread);
            thread.start();
        }
        assertTrue(done.await(10, TimeUnit.SECONDS));
        int[] next = new int[4];
        for (int[] each : seen) {
            assertEquals(next[each[0]]++, each[1]);
        }
        for (Thread adder : adders) {
            adder.join();
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException | java.util.concurrent.BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void busy_connection_lets_another_in_after_each_piece() {
        Deque<Runnable> oneThread = new ArrayDeque<>();
        SerialQueue busy = new SerialQueue(oneThread::add);
        SerialQueue quiet = new SerialQueue(oneThread::add);
        List<String> seen = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            String name = "busy " + i;
            busy.add(() -> seen.add(name));
        }
        quiet.add(() -> seen.add("quiet"));
        while (!oneThread.isEmpty()) {
            oneThread.remove().run();
        }
        assertEquals(List.of("busy 1", "quiet", "busy 2", "busy 3"), seen);
    }

    @Test
    void work_that_throws_does_not_stop_what_waits_behind_it() {
        Deque<Runnable> oneThread = new ArrayDeque<>();
        SerialQueue queue = new SerialQueue(oneThread::add);
        List<String> seen = new ArrayList<>();
        assertEquals(1, queue.add(() -> {
            throw new IllegalStateException("planted");
        }));
        assertEquals(2, queue.add(() -> seen.add("behind")));
        org.junit.jupiter.api.Assertions.assertThrows(
                IllegalStateException.class, () -> oneThread.remove().run());
        oneThread.remove().run();
        assertEquals(List.of("behind"), seen);
        assertEquals(0, queue.size());
    }

    @Test
    void queue_on_a_stopped_pool_keeps_nothing_in_memory() {
        pool.shutdown();
        SerialQueue queue = new SerialQueue(pool);
        assertEquals(0, queue.add(() -> {}));
        assertEquals(0, queue.add(() -> {}));
    }
}
