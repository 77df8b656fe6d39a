package io.zhitong.decision.naive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The search for disagreements finds planted ones, each of them. */
class AgreementTest {

    private static final int ROUNDS = 2_000;

    @Test
    void who_lets_lost_cards_pass_is_caught_each_time() {
        planted(a -> a.reason().equals("LOST"), a -> granted(a, a.pulse(), a.passed()));
    }

    @Test
    void who_forgets_the_silent_alarm_is_caught_each_time() {
        planted(
                Answer::silentAlarm,
                a -> new Answer(
                        a.reason(),
                        a.alarm(),
                        a.pulse(),
                        a.right(),
                        a.front(),
                        a.rear(),
                        a.barrier(),
                        false,
                        a.recorded(),
                        a.as(),
                        a.passed()));
    }

    @Test
    void who_opens_a_millisecond_too_long_is_caught_each_time() {
        planted(Answer::granted, a -> granted(a, a.pulse() + 1, a.passed()));
    }

    @Test
    void who_asks_one_rule_less_is_caught_each_time() {
        planted(a -> a.passed().equals("INTERLOCK"), a -> granted(a, a.pulse(), "OCCUPANCY"));
    }

    @Test
    void naive_evaluator_agrees_with_itself() {
        assertEquals(0, Agreement.disagreements(ROUNDS, AgreementTest::naive).size());
    }

    private static Answer granted(Answer a, long pulse, String passed) {
        return new Answer(
                "",
                false,
                pulse,
                a.right(),
                a.front(),
                a.rear(),
                a.barrier(),
                a.silentAlarm(),
                a.recorded(),
                a.as(),
                passed);
    }

    private static Answer naive(Draw.Drawn drawn) {
        return Naive.answer(drawn.estate(), drawn.ask());
    }

    private static void planted(Predicate<Answer> which, UnaryOperator<Answer> fault) {
        long expected = LongStream.range(0, ROUNDS)
                .mapToObj(Draw::of)
                .map(AgreementTest::naive)
                .filter(which)
                .count();
        int found = Agreement.disagreements(ROUNDS, d -> {
                    Answer right = naive(d);
                    return which.test(right) ? fault.apply(right) : right;
                })
                .size();
        assertTrue(expected > 10, () -> "met " + expected);
        assertEquals(expected, found);
    }
}
