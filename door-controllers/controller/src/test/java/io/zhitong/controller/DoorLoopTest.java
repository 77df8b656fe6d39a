package io.zhitong.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DoorLoopTest {

    private final AtomicInteger ticks = new AtomicInteger();
    private final DoorLoop loop = new DoorLoop(ticks::incrementAndGet, 10);
    private final CountDownLatch gate = new CountDownLatch(1);

    @BeforeEach
    void start() {
        loop.start();
    }

    @AfterEach
    void stop() {
        gate.countDown();
        loop.close();
    }

    @Test
    void inputs_go_before_cards_that_wait_and_keep_their_own_order() {
        List<String> order = new ArrayList<>();
        hold();
        loop.post(() -> order.add("card"));
        loop.postUrgent(() -> order.add("button down"));
        loop.postUrgent(() -> order.add("button up"));
        gate.countDown();
        loop.ask(() -> true);
        assertEquals(List.of("button down", "button up", "card"), order);
    }

    @Test
    void everything_happens_in_one_thread() {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        for (int i = 0; i < 100; i++) {
            loop.post(() -> threads.add(Thread.currentThread()));
        }
        threads.add(loop.ask(Thread::currentThread));
        assertEquals(1, threads.size());
    }

    @Test
    void fault_of_one_thing_stops_no_other_and_reaches_who_asked() {
        loop.post(() -> {
            throw new IllegalStateException("planted");
        });
        assertThrows(
                IllegalStateException.class,
                () -> loop.ask(() -> {
                    throw new IllegalStateException("planted");
                }));
        assertEquals(7, loop.ask(() -> 7));
    }

    @Test
    void time_passes_though_nothing_happens_and_though_much_does() {
        Soon.holds(() -> ticks.get() > 3, ticks::get);
        int before = ticks.get();
        for (int i = 0; i < 50; i++) {
            loop.ask(() -> true);
        }
        Soon.holds(() -> ticks.get() > before, ticks::get);
    }

    @Test
    void loop_that_stands_still_is_seen_to() {
        hold();
        Soon.holds(() -> loop.stalledMillis() > 200, loop::stalledMillis);
        gate.countDown();
        loop.ask(() -> true);
        Soon.holds(() -> loop.stalledMillis() < 200, loop::stalledMillis);
    }

    private void hold() {
        CountDownLatch held = new CountDownLatch(1);
        loop.post(() -> {
            held.countDown();
            await(gate);
        });
        await(held);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(10, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
