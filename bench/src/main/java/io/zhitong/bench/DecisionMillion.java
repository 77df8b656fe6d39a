package io.zhitong.bench;

import com.sun.management.ThreadMXBean;
import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointMode;
import io.zhitong.decision.Decision;
import io.zhitong.decision.Engine;
import io.zhitong.decision.PointState;
import io.zhitong.decision.Policy;
import io.zhitong.decision.Presented;
import io.zhitong.decision.Request;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.function.ToLongFunction;

/**
 * Decisions at a device that knows very many credentials, each timed alone, in random order so that no cache helps (百万凭证判定).
 *
 * @param credentials how many
 * @param nanos each decision's time, rising
 * @param limit the same of a bare binary search over the numbers, rising
 * @param bytes allocated by a decision, without the request
 * @param granted of all decisions, per cent
 */
record DecisionMillion(int credentials, long[] nanos, long[] limit, double bytes, double granted) {
    static final double MOST_MICROS = 10;
    static final double MOST_BYTES = 256;
    private static final int DECISIONS = 400_000;
    private static final Instant NOON = Instant.parse("2026-11-21T04:00:00Z");
    private static final double MICRO = 1_000;
    private static final double P99 = 0.99;

    static DecisionMillion measure(int credentials) {
        MillionEstate estate = new MillionEstate(credentials);
        Policy policy = estate.policy(MillionEstate.tree(estate.records()));
        Request[] requests = requests(credentials);
        long[] numbers = new long[credentials];
        Arrays.setAll(numbers, i -> MillionEstate.number(i).value());
        ToLongFunction<Request> decide = request -> Engine.decide(request, policy) instanceof Decision.Grant ? 1 : 0;
        ToLongFunction<Request> search = request -> Arrays.binarySearch(
                numbers, ((Presented.Genuine) request.presented()).credential().value());
        timed(requests, decide);
        timed(requests, search);
        long before = allocated();
        long granted = 0;
        for (Request request : requests) {
            granted += decide.applyAsLong(request);
        }
        double bytes = (double) (allocated() - before) / requests.length;
        return new DecisionMillion(
                credentials,
                timed(requests, decide),
                timed(requests, search),
                bytes,
                100.0 * granted / requests.length);
    }

    private static Request[] requests(int credentials) {
        Random random = new Random(1);
        Request[] requests = new Request[DECISIONS];
        Arrays.setAll(
                requests,
                i -> new Request(
                        new PointId(1 + random.nextInt(MillionEstate.POINTS)),
                        PointState.of(PointMode.NORMAL),
                        new Presented.Genuine(
                                MillionEstate.number(random.nextInt(credentials)),
                                AccessMethod.SEALED,
                                CarrierLevel.SEALED_CARD,
                                1),
                        NOON,
                        ClockQuality.SYNCHRONISED,
                        0));
        return requests;
    }

    private static long[] timed(Request[] requests, ToLongFunction<Request> work) {
        long[] nanos = new long[requests.length];
        long sum = 0;
        for (int i = 0; i < requests.length; i++) {
            long begun = System.nanoTime();
            sum += work.applyAsLong(requests[i]);
            nanos[i] = System.nanoTime() - begun;
        }
        if (sum <= 0) {
            throw new IllegalStateException("expected some answers");
        }
        Arrays.sort(nanos);
        return nanos;
    }

    private static long allocated() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    private static double micros(long[] rising, double part) {
        return rising[(int) (rising.length * part)] / MICRO;
    }

    boolean held() {
        return micros(nanos, P99) <= MOST_MICROS && bytes <= MOST_BYTES;
    }

    String line() {
        return String.format(
                Locale.ROOT,
                "decision-million 百万凭证判定: %,d credentials, %d points, %.0f %% granted: median %.2f µs, p99 %.2f µs (at most"
                        + " %.0f), p99.9 %.2f µs; bare binary search: median %.2f µs, p99 %.2f µs; %.0f bytes a decision (at most"
                        + " %.0f): %s",
                credentials,
                MillionEstate.POINTS,
                granted,
                micros(nanos, 0.5),
                micros(nanos, P99),
                MOST_MICROS,
                micros(nanos, 0.999),
                micros(limit, 0.5),
                micros(limit, P99),
                bytes,
                MOST_BYTES,
                held() ? "held 达标" : "NOT HELD 未达标");
    }
}
