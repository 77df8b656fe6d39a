package io.zhitong.decision.naive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.accessmodel.DenyReason;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The random world reaches every reason, every way to be granted and everything a grant may say. */
class DrawTest {

    private static final int ROUNDS = 20_000;
    private static final Map<String, Integer> MET = new TreeMap<>();

    @BeforeAll
    static void draw() {
        for (long seed = 0; seed < ROUNDS; seed++) {
            Draw.Drawn drawn = Draw.of(seed);
            count(Naive.answer(drawn.estate(), drawn.ask()));
        }
    }

    private static void count(Answer answer) {
        met(answer.granted() ? "granted by " + answer.passed() : answer.reason() + " after " + answer.passed());
        met(answer.reason());
        met("alarm " + answer.alarm());
        met("as " + answer.as());
        met("recorded " + answer.recorded());
        met("silent " + answer.silentAlarm());
        met("barrier " + answer.barrier());
        met("floors front " + !answer.front().isEmpty());
        met("floors rear " + !answer.rear().isEmpty());
        met("longer " + (answer.pulse() == 5_000));
    }

    private static void met(String what) {
        MET.merge(what, 1, Integer::sum);
    }

    @Test
    void every_reason_is_met_often() {
        Stream.of(DenyReason.values())
                .filter(reason -> reason != DenyReason.NONE)
                .forEach(reason -> atLeast(10, reason.name()));
    }

    @Test
    void every_way_to_be_granted_is_met_often() {
        Stream.of("FIRE", "POINT_MODE", "LIST", "KNOWN").forEach(rule -> atLeast(30, "granted by " + rule));
        atLeast(1_000, "granted by INTERLOCK");
    }

    @Test
    void unknown_time_is_met_in_every_rule_that_asks_the_clock() {
        Stream.of("GENUINE", "POINT_MODE", "STATUS", "USES", "COMPANION")
                .forEach(before -> atLeast(4, "CLOCK_UNKNOWN after " + before));
    }

    @Test
    void everything_a_grant_may_say_is_met_often() {
        Stream.of("MONTHLY", "OWNED", "TEMPORARY", "VISITOR", "FREE", "FLAT_FARE")
                .forEach(as -> atLeast(10, "as " + as));
        Stream.of("alarm", "recorded", "silent", "barrier", "floors front", "floors rear", "longer")
                .forEach(what -> atLeast(10, what + " true"));
    }

    @Test
    void same_seed_draws_the_same() {
        assertEquals(Draw.of(4711), Draw.of(4711));
    }

    private static void atLeast(int least, String what) {
        int times = MET.getOrDefault(what, 0);
        assertTrue(times >= least, () -> what + " met " + times + " times in " + ROUNDS);
    }
}
