package io.zhitong.decision.naive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The vectors mean what the page says: the naive reading of the rules comes to what the hand wrote. */
class NaiveVectorTest {

    private static final Set<String> UNREAD_ONLY_HERE = Set.of("NONE");

    @TestFactory
    Stream<DynamicTest> naive_evaluator_agrees_with_the_hand() {
        return Reading.all().stream()
                .map(one -> DynamicTest.dynamicTest(
                        one.name(), () -> assertEquals(one.expected(), Naive.answer(one.estate(), one.ask()))));
    }

    @Test
    void every_case_quotes_its_sentence_and_states_its_trace() {
        List<Reading.Case> all = Reading.all();
        assertTrue(all.size() >= 170, () -> "cases: " + all.size());
        for (Reading.Case one : all) {
            assertFalse(one.policy().isBlank(), one.name());
            assertTrue(one.traced(), one.name());
        }
    }

    @Test
    void hand_wrote_a_case_for_every_reason() {
        Set<String> met = Reading.all().stream().map(c -> c.expected().reason()).collect(Collectors.toSet());
        Stream.of(io.zhitong.accessmodel.DenyReason.values())
                .map(Enum::name)
                .filter(name -> !UNREAD_ONLY_HERE.contains(name))
                .forEach(name -> assertTrue(met.contains(name), name));
    }

    @Test
    void changed_expectation_is_noticed() {
        Reading.Case lost = Reading.all().stream()
                .filter(c -> c.expected().reason().equals("LOST"))
                .findFirst()
                .orElseThrow();
        Answer changed = Answer.deny("BLOCKED", false, "KNOWN");
        assertNotEquals(changed, Naive.answer(lost.estate(), lost.ask()));
    }
}
