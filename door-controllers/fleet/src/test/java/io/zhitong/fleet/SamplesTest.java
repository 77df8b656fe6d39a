package io.zhitong.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class SamplesTest {
    @Test
    void percentiles_of_one_to_a_thousand_milliseconds() {
        Samples samples = new Samples();
        LongStream.rangeClosed(1, 1_000).map(i -> (1_001 - i) * 1_000_000).forEach(samples::add);
        assertEquals(500, samples.millis(0.5));
        assertEquals(990, samples.millis(0.99));
        assertEquals(1_000, samples.millis(1));
        assertEquals(
                "{\"count\": 1000, \"p50\": 500.000, \"p90\": 900.000, \"p99\": 990.000, \"max\": 1000.000}",
                samples.json());
    }

    @Test
    void nothing_measured_is_nothing() {
        assertEquals(0, new Samples().millis(0.99));
    }

    @Test
    void a_single_one_is_every_percentile() {
        Samples samples = new Samples();
        samples.add(3_000_000);
        assertEquals(3, samples.millis(0.01));
        assertEquals(3, samples.millis(0.99));
    }
}
