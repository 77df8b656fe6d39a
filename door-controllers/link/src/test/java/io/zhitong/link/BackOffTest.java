package io.zhitong.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BackOffTest {

    private static final int DEVICES = 5_000;

    private static BackOff usual(long seed) {
        return new BackOff(Duration.ofMillis(300), Duration.ofSeconds(10), new Random(seed));
    }

    @Test
    void pauses_double_from_three_tenths_to_ten_seconds_and_each_lies_between_half_and_the_whole() {
        long[] whole = {300, 600, 1_200, 2_400, 4_800, 9_600, 10_000, 10_000};
        for (long seed = 0; seed < 200; seed++) {
            BackOff backOff = usual(seed);
            for (long most : whole) {
                long pause = backOff.pause();
                assertTrue(pause >= most / 2 && pause <= most, "seed " + seed + ": " + pause + " of " + most);
            }
        }
    }

    @Test
    void whoever_was_greeted_begins_with_the_short_pause_again() {
        BackOff backOff = usual(1);
        for (int i = 0; i < 6; i++) {
            backOff.pause();
        }
        backOff.reset();
        assertTrue(backOff.pause() <= 300);
        assertTrue(backOff.pause() <= 600);
    }

    /** All lost the backend at one moment; it is back after ten seconds. No tenth of a second brings more than a twentieth. */
    @Test
    void five_thousand_devices_do_not_come_back_together() {
        int[] arrivals = new int[150];
        for (int device = 0; device < DEVICES; device++) {
            BackOff backOff = usual(device);
            long at = 0;
            while (at < 10_000) {
                at += backOff.pause();
            }
            arrivals[(int) ((at - 10_000) / 100)]++;
        }
        int all = 0;
        for (int tenth : arrivals) {
            all += tenth;
            assertTrue(tenth <= DEVICES / 20, tenth + " in a tenth of a second");
        }
        assertEquals(DEVICES, all);
    }
}
