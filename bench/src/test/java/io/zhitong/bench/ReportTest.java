package io.zhitong.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final Measured MEASURED =
            new Measured(Figure.PURCHASE, new Rounds(List.of(30.0, 10.0, 1_500.0)), new Rounds(List.of(4.0, 6.0)));

    @Test
    void median_of_odd_and_even_counts() {
        assertEquals(30.0, MEASURED.rounds().median());
        assertEquals(5.0, MEASURED.limit().median());
        assertEquals(6.0, MEASURED.ratio());
    }

    @Test
    void line_names_the_figure_its_spread_its_limit_and_the_ratio() {
        String line = MEASURED.line();
        assertEquals(
                "| purchase | 消费：卡+终端+PSAM | 30.0 µs (10.0 µs to 1.50 ms) | 5.000 µs | 6.00"
                        + " | 6 keys, 12 blocks of bare SM4 |",
                line);
        assertEquals(7, line.chars().filter(c -> c == '|').count());
        assertTrue(Measured.head()
                .lines()
                .allMatch(each -> each.chars().filter(c -> c == '|').count() == 7));
    }

    @Test
    void json_holds_every_round() {
        assertEquals(
                "{\"figure\":\"purchase\",\"medianMicros\":30.0000,\"leastMicros\":10.0000,\"mostMicros\":1500.0000,"
                        + "\"limitMedianMicros\":5.0000,\"ratio\":6.000,"
                        + "\"roundsMicros\":[30.0000,10.0000,1500.0000],\"limitRoundsMicros\":[4.0000,6.0000]}",
                MEASURED.json());
    }

    @Test
    void file_says_on_which_machine() {
        var machine = new Machine("A \"quoted\" CPU", 2, "17", 0.25);
        assertEquals(
                "{\"machine\":{\"processor\":\"A quoted CPU\",\"cores\":2,\"java\":\"17\",\"load\":0.25},"
                        + "\"figures\":[\n" + MEASURED.json() + "\n]}\n",
                BenchProgram.json(machine, List.of(MEASURED)));
    }

    @Test
    void a_bare_rate_is_its_median_and_held_from_its_floor_on() {
        BareRate rate = new BareRate("sign", List.of(0.99, 0.80, 0.90), 0.85);
        assertEquals(0.90, rate.median());
        assertTrue(rate.held());
        assertEquals(
                "bare-rates sign: 0.90 of the bare rate 占裸运算速率 (0.80 to 0.99 in 3 turns), floor 0.85 held 达标",
                rate.line());
        BareRate slow = new BareRate("sign", List.of(0.84), 0.85);
        assertTrue(!slow.held() && slow.line().endsWith("floor 0.85 NOT HELD 未达标"), slow.line());
        assertThrows(IllegalArgumentException.class, () -> new BareRate("none", List.of(), 0.85));
    }

    /** Twice the work is half the rate: the turns do measure what they are given. */
    @Test
    void a_figure_of_twice_the_work_has_half_the_rate() {
        var bare = new BareSm4();
        BareRate half = BareRate.measure("half", () -> bare.run(1, 4_000), () -> bare.run(1, 2_000), 0.85, 1_000_000);
        assertEquals(0.5, half.median(), 0.15, half.line());
        assertTrue(!half.held());
    }

    @Test
    void this_machine_has_a_core() {
        assertTrue(Machine.here().cores() >= 1);
    }

    @Test
    void no_round_or_no_time_is_no_measurement() {
        assertThrows(IllegalArgumentException.class, () -> new Rounds(List.of()));
        assertThrows(IllegalArgumentException.class, () -> new Rounds(List.of(0.0)));
        assertThrows(IllegalArgumentException.class, () -> new Rounds(List.of(Double.NaN)));
    }
}
