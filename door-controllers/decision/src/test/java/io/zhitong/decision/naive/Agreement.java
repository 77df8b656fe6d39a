package io.zhitong.decision.naive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Who decides as the hand and the naive evaluator do: every vector, and random estates, 20,000 of them, a million in bin/soak. A
 * subclass says how it decides; the answer names the last rule passed, the right that granted, and all that is to be done.
 */
public abstract class Agreement {

    private static final int AT_LEAST = 20_000;
    private static final int FOR_EACH_ROUND = 500;
    private static final int SHOWN = 5;

    protected abstract Answer decide(Estate estate, Ask ask);

    @TestFactory
    Stream<DynamicTest> vectors_are_decided_as_written() {
        return Reading.all().stream()
                .map(one -> DynamicTest.dynamicTest(
                        one.name(), () -> assertEquals(one.expected(), decide(one.estate(), one.ask()))));
    }

    @Test
    void random_requests_are_decided_as_the_naive_evaluator_does() {
        int rounds = Math.max(AT_LEAST, FOR_EACH_ROUND * Integer.getInteger("zhitong.rounds", 0));
        List<String> disagreements = disagreements(rounds, d -> decide(d.estate(), d.ask()));
        assertEquals(
                List.of(),
                disagreements.subList(0, Math.min(SHOWN, disagreements.size())),
                () -> disagreements.size() + " of " + rounds + " decided otherwise");
    }

    /** One line for each seed whose case is decided otherwise. */
    static List<String> disagreements(int rounds, Function<Draw.Drawn, Answer> decide) {
        List<String> found = new ArrayList<>();
        for (long seed = 0; seed < rounds; seed++) {
            Draw.Drawn drawn = Draw.of(seed);
            Answer naive = Naive.answer(drawn.estate(), drawn.ask());
            Answer other = decide.apply(drawn);
            if (!naive.equals(other)) {
                found.add("seed " + seed + " " + drawn.ask() + "\n  naive " + naive + "\n  other " + other + "\n");
            }
        }
        return found;
    }
}
