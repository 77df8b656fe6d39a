package io.zhitong.bench;

import io.zhitong.machinetls.MachineProfile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What greeted, idle devices cost the backend (连接内存): connections of different devices to one server process, its heap and its
 * other memory before and after, each after a collection.
 *
 * @param profile of the connections
 * @param connections how many
 * @param heap bytes more on the heap, all together
 * @param other bytes more elsewhere: buffers, class data, compiled code
 * @param seconds for all connections, one after the other, from TCP to the welcome, their certificates made too
 */
record LinkMemory(MachineProfile profile, int connections, long heap, long other, double seconds) {
    /** KiB a connection. */
    static final int MOST_P256 = 60;

    static final int MOST_SM2 = 120;

    private static final double KIB = 1024;
    private static final int WARM_UP = 300;

    static LinkMemory measure(MachineProfile profile, int connections) {
        try {
            return measured(profile, connections);
        } catch (IOException e) {
            throw new IllegalStateException("the server of the measurement is lost", e);
        }
    }

    private static LinkMemory measured(MachineProfile profile, int connections) throws IOException {
        List<IdleDevice> devices = new ArrayList<>();
        try (MeasuredBackend backend = new MeasuredBackend(profile)) {
            for (int i = 1; i <= WARM_UP; i++) {
                new IdleDevice(backend, i).close();
            }
            long[] before = backend.weighed();
            long begun = System.nanoTime();
            for (int i = 1; i <= connections; i++) {
                devices.add(new IdleDevice(backend, i));
            }
            double seconds = (System.nanoTime() - begun) / (double) TimeUnit.SECONDS.toNanos(1);
            long[] after = backend.weighed();
            for (IdleDevice device : devices) {
                device.askTime();
            }
            return new LinkMemory(profile, connections, after[0] - before[0], after[1] - before[1], seconds);
        } finally {
            for (IdleDevice device : devices) {
                device.close();
            }
        }
    }

    double heapKib() {
        return heap / KIB / connections;
    }

    double otherKib() {
        return other / KIB / connections;
    }

    private int most() {
        return profile == MachineProfile.P256 ? MOST_P256 : MOST_SM2;
    }

    boolean held() {
        return heapKib() + otherKib() <= most();
    }

    String line() {
        return String.format(
                Locale.ROOT,
                "link-memory 连接内存: %s, %,d connections in %.1f s: %.1f KiB each (at most %d), heap %.1f, other %.1f: %s",
                profile,
                connections,
                seconds,
                heapKib() + otherKib(),
                most(),
                heapKib(),
                otherKib(),
                held() ? "held 达标" : "NOT HELD 未达标");
    }
}
