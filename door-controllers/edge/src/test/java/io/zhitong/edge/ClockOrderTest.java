package io.zhitong.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.zhitong.accessmodel.CommandKind;
import io.zhitong.accessmodel.CommandOrder;
import io.zhitong.accessmodel.CommandRefusal;
import io.zhitong.accessmodel.JournalId;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PointId;
import io.zhitong.link.CommandAnswer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ClockOrderTest {

    private static final long NOW = 1_795_262_400_000L;

    private final EdgeClock clock = new EdgeClock(Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC));
    private final AtomicInteger asked = new AtomicInteger();
    private final List<CommandAnswer> answers = new CopyOnWriteArrayList<>();

    private ClockOrder order(Duration patience) {
        return new ClockOrder(clock, asked::incrementAndGet, patience);
    }

    @Test
    void backend_is_asked_at_once_and_the_answer_tells_offset_step_and_error() {
        clock.synchronised(NOW + 200);
        ClockOrder order = order(Duration.ofSeconds(30));
        order.carryOut(command(), answers::add);
        assertEquals(1, asked.get());
        assertEquals(List.of(), answers, "nothing is answered before the backend was heard");
        order.heard(NOW - 1_300, 4);
        Poll.until("answered", () -> answers.size() == 1);
        assertEquals(CommandAnswer.Stage.EXECUTED, answers.get(0).stage());
        assertEquals(
                "offset -1300 ms, step -1500 ms, error 4 ms", answers.get(0).detail());
    }

    @Test
    void second_order_meanwhile_is_refused_as_busy_and_one_afterwards_is_done() {
        ClockOrder order = order(Duration.ofSeconds(30));
        order.carryOut(command(), answers::add);
        order.carryOut(command(), answers::add);
        assertEquals(CommandRefusal.BUSY, answers.get(0).refusal());
        order.heard(NOW, 0);
        Poll.until("the first", () -> answers.size() == 2);
        order.heard(NOW, 0);
        order.carryOut(command(), answers::add);
        order.heard(NOW + 7, 1);
        Poll.until("the third", () -> answers.size() == 3);
        assertEquals("offset 7 ms, step 7 ms, error 1 ms", answers.get(2).detail());
        assertEquals(2, asked.get());
    }

    @Test
    void backend_that_does_not_answer_is_a_failure_and_not_an_order_that_hangs() {
        ClockOrder order = order(Duration.ofMillis(20));
        order.carryOut(command(), answers::add);
        Poll.until("given up", () -> answers.size() == 1);
        assertEquals(CommandRefusal.FAILED, answers.get(0).refusal());
    }

    private static CommandOrder command() {
        return new CommandOrder(
                Backend.DOOR.community(),
                Backend.DOOR.device(),
                new JournalId(1),
                Octets.of(new byte[16]),
                CommandKind.CLOCK,
                PointId.DEVICE,
                1_000,
                11_000,
                Octets.of(new byte[16]),
                Octets.EMPTY,
                "值班员",
                "对表");
    }
}
