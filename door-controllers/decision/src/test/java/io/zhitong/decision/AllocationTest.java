package io.zhitong.decision;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.zhitong.decision.naive.Ask;
import io.zhitong.decision.naive.Estate;
import io.zhitong.decision.naive.Reading;
import java.lang.management.ManagementFactory;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * How much a decision makes that must be cleared away again, the answer included: at most 256 bytes for a credential at a door;
 * more where more is looked up: the car beside the card, a companion, what a carrier stands for, floors put together.
 */
class AllocationTest {

    private static final int WARM = 2_000;
    private static final int COUNTED = 200;
    private static final long MOST_BYTES = 256;
    private static final long MOST_BYTES_OF_MORE = 768;

    @Test
    void door_decides_within_256_bytes_and_everything_else_within_768() {
        int doors = 0;
        for (Reading.Case one : Reading.all()) {
            Request request = Asked.request(one.ask());
            boolean door = isDoor(one) && isOneCredential(one.ask().shown());
            long most = door ? MOST_BYTES : MOST_BYTES_OF_MORE;
            long bytes = bytes(request, new Policy(EngineLists.of(one.estate())));
            assertTrue(bytes <= most, () -> bytes + " bytes for " + one.name());
            doors += door ? 1 : 0;
        }
        assertTrue(doors > 200, "doors: " + doors);
    }

    private static boolean isDoor(Reading.Case one) {
        Estate.Point point = one.estate().points().get(one.ask().point());
        return point == null || !Set.of("LANE", "LIFT").contains(point.kind());
    }

    private static boolean isOneCredential(Ask.Shown shown) {
        return shown.plate().isEmpty()
                && shown.companion().isEmpty()
                && shown.carrierKind().isEmpty()
                && shown.floor() == Ask.NONE;
    }

    private static long bytes(Request request, Policy policy) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long id = Thread.currentThread().getId();
        decide(request, policy, WARM);
        long before = threads.getThreadAllocatedBytes(id);
        decide(request, policy, COUNTED);
        return (threads.getThreadAllocatedBytes(id) - before) / COUNTED;
    }

    private static void decide(Request request, Policy policy, int times) {
        int text = 0;
        for (int i = 0; i < times; i++) {
            text += Engine.decide(request, policy).text();
        }
        assertTrue(text >= 0);
    }
}
