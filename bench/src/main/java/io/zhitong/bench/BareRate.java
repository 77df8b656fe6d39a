package io.zhitong.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How fast a figure is as a part of its limit (占裸运算速率之比), in turns of a few milliseconds and by the processor time of the
 * thread, so that other programs on the machine disturb both alike. Garbage collection, which runs on a thread of its own, is
 * not in it; the table of rounds has it.
 *
 * @param label the figure's
 * @param ratios limit's time / figure's time of each turn
 * @param floor the least that is wanted of their median
 */
record BareRate(String label, List<Double> ratios, double floor) {
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();
    private static final int WARM_UP_TURNS = 100;
    private static final int TURNS = 31;
    private static final long TURN_NANOS = 20_000_000;

    BareRate {
        if (ratios.isEmpty()) {
            throw new IllegalArgumentException("expected at least one turn");
        }
        ratios = ratios.stream().sorted().toList();
    }

    /** The figures that have a floor, measured one after the other. */
    static List<BareRate> measureAll() {
        var diversify = new DiversifyBench();
        var sign = new SoftSignBench();
        return List.of(
                measure("diversify", diversify::figure, diversify::limit, 0.85, TURN_NANOS),
                measure("soft-sign", sign::figure, sign::limit, 0.85, TURN_NANOS));
    }

    static BareRate measure(String label, Runnable figure, Runnable limit, double floor, long turn) {
        warmUp(figure, WARM_UP_TURNS * turn);
        warmUp(limit, WARM_UP_TURNS * turn);
        long times = 1;
        while (nanos(figure, times) < turn) {
            times *= 2;
        }
        Double[] ratios = new Double[TURNS];
        for (int i = 0; i < TURNS; i++) {
            boolean figureFirst = i % 2 == 0;
            double first = nanos(figureFirst ? figure : limit, times);
            double second = nanos(figureFirst ? limit : figure, times);
            ratios[i] = figureFirst ? second / first : first / second;
        }
        return new BareRate(label, Arrays.asList(ratios), floor);
    }

    /** Until the compiler is done with it: the first calls, interpreted, say nothing of how many make a turn. */
    private static void warmUp(Runnable work, long time) {
        for (long spent = 0; spent < time; ) {
            spent += nanos(work, 1);
        }
    }

    private static long nanos(Runnable work, long times) {
        long begun = CLOCK.getCurrentThreadCpuTime();
        for (long i = 0; i < times; i++) {
            work.run();
        }
        return Math.max(1, CLOCK.getCurrentThreadCpuTime() - begun);
    }

    double median() {
        return ratios.get(ratios.size() / 2);
    }

    boolean held() {
        return median() >= floor;
    }

    String line() {
        return String.format(
                Locale.ROOT,
                "bare-rates %s: %.2f of the bare rate 占裸运算速率 (%.2f to %.2f in %d turns), floor %.2f %s",
                label,
                median(),
                ratios.get(0),
                ratios.get(ratios.size() - 1),
                ratios.size(),
                floor,
                held() ? "held 达标" : "NOT HELD 未达标");
    }
}
