package io.zhitong.bench;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One event from a device over the link to the backend's handler, and its acknowledgement back; beside the same bytes sent
 * and echoed over a bare TLS connection of the same suite and certificates (设备连接往返). Nothing is stored on either side.
 */
@State(Scope.Benchmark)
public class LinkRoundTripBench {
    private final MachineEstate estate = new MachineEstate();
    private final LoopDevice device = new LoopDevice(estate);
    private final TlsEcho echo = new TlsEcho(estate, device.recordLength());

    @Benchmark
    public long figure() {
        return device.roundTrip();
    }

    @Benchmark
    public byte[] limit() {
        return echo.roundTrip();
    }

    @TearDown
    public void close() {
        device.close();
        echo.close();
    }
}
