package io.zhitong.bench;

import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.ListEvent;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListVersion;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * When each device's record arrived that an access list is in force there (生效记录): the device writes it after the switch, so
 * the time has the way back in it. Safe for use by several threads.
 */
final class InForce implements Consumer<JournalRecord> {
    private static final double NANOS_A_MILLI = 1e6;

    private final Map<Long, ListVersion> newest = new HashMap<>();
    private final Map<Long, Long> at = new HashMap<>();

    @Override
    public synchronized void accept(JournalRecord record) {
        if (record.kind() == EventKind.LIST_INSTALLED) {
            ListEvent event = ListEvent.decode(record.body().toByteArray());
            if (event.list() == ListKind.ACCESS) {
                newest.put(record.device().value(), event.version());
                at.put(record.device().value(), System.nanoTime());
            }
        }
    }

    synchronized long at(ListVersion version) {
        return newest.values().stream().filter(version::equals).count();
    }

    /** Milliseconds since {@code began} for devices from {@code first} up to and without {@code end}, rising. */
    synchronized double[] millis(ListVersion version, long began, long first, long end) {
        return at.entrySet().stream()
                .filter(each -> each.getKey() >= first && each.getKey() < end)
                .filter(each -> version.equals(newest.get(each.getKey())))
                .mapToDouble(each -> (each.getValue() - began) / NANOS_A_MILLI)
                .sorted()
                .toArray();
    }

    static void await(String what, long seconds, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("not within " + seconds + " s: " + what);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        }
    }

    /** The value that {@code part} of all do not exceed. */
    static double part(double[] rising, double part) {
        return rising.length == 0
                ? Double.NaN
                : rising[Math.min(rising.length - 1, (int) Math.ceil(part * rising.length) - 1)];
    }

    static double[] joined(double[] some, double[] more) {
        double[] all = Arrays.copyOf(some, some.length + more.length);
        System.arraycopy(more, 0, all, some.length, more.length);
        Arrays.sort(all);
        return all;
    }
}
