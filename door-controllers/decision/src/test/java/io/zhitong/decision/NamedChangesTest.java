package io.zhitong.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.accessmodel.DenyReason;
import io.zhitong.decision.naive.Draw;
import io.zhitong.decision.naive.Reading;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** For every denial, whatever the rule: the changes named grant together, and none of them may be left out. */
class NamedChangesTest {

    private static final int DRAWS = 3_000;

    private static Stream<Situation> drawn() {
        return LongStream.range(2_000_000, 2_000_000 + DRAWS)
                .mapToObj(Draw::of)
                .map(d -> Situation.of(Asked.request(d.ask()), new Policy(EngineLists.of(d.estate()))));
    }

    private static boolean grants(Situation situation, List<Change> changes) {
        Situation paper = situation;
        for (Change change : changes) {
            paper = WhatIf.applied(change, paper);
        }
        return Engine.decide(paper) instanceof Decision.Grant;
    }

    private static void holds(Situation situation) {
        Explanation explanation = new Explainer(situation).explain();
        List<Change> changes = explanation.changes();
        assertEquals(Engine.decide(situation), explanation.decision());
        assertEquals(RuleName.values().length, explanation.steps().size());
        if (explanation.decision() instanceof Decision.Grant) {
            assertEquals(List.of(), changes);
            return;
        }
        assertFalse(changes.isEmpty(), () -> "no way in: " + explanation.decision() + " " + situation);
        if (changes.stream().anyMatch(Change.PresentGenuine.class::isInstance)) {
            return; // whose it is stays hidden
        }
        assertTrue(grants(situation, changes), () -> "not enough: " + changes);
        for (Change left : changes) {
            List<Change> others = new ArrayList<>(changes);
            others.remove(left);
            assertFalse(grants(situation, others), () -> left + " is superfluous in " + changes);
        }
    }

    @Test
    void changes_of_random_denials_are_enough_and_none_is_superfluous() {
        Map<DenyReason, Integer> denied = new EnumMap<>(DenyReason.class);
        drawn().forEach(situation -> {
            holds(situation);
            if (Engine.decide(situation) instanceof Decision.Deny deny) {
                denied.merge(deny.reason(), 1, Integer::sum);
            }
        });
        assertTrue(denied.size() >= 38, () -> "denied for " + denied);
    }

    @TestFactory
    Stream<DynamicTest> changes_of_every_vector_are_enough_and_none_is_superfluous() {
        return Reading.all().stream()
                .map(one -> DynamicTest.dynamicTest(
                        one.name(),
                        () -> holds(Situation.of(Asked.request(one.ask()), new Policy(EngineLists.of(one.estate()))))));
    }

    @Test
    void every_change_at_the_place_is_named_for_some_denial() {
        Set<Change> named = new HashSet<>();
        Reading.all()
                .forEach(one ->
                        named.addAll(Engine.explain(Asked.request(one.ask()), new Policy(EngineLists.of(one.estate())))
                                .changes()));
        for (OnSite change : OnSite.values()) {
            assertTrue(named.contains(change), change.name());
        }
    }

    @ParameterizedTest
    @EnumSource
    void change_at_the_place_has_words_in_both_languages(OnSite change) {
        assertTrue(change.chinese().codePoints().anyMatch(Character::isIdeographic), change.chinese());
        assertFalse(change.english().codePoints().anyMatch(Character::isIdeographic), change.english());
    }

    /** A reason of lists or time is not mended at the place: then the rule must say itself what to do. */
    @Test
    void reasons_of_lists_are_not_mended_at_the_place() {
        Set<DenyReason> lists = EnumSet.of(DenyReason.LOST, DenyReason.NO_RIGHT_HERE, DenyReason.EXPIRED);
        lists.forEach(
                reason -> assertThrows(IllegalStateException.class, () -> OnSite.against(reason, RuleName.STATUS)));
        assertNotNull(OnSite.against(DenyReason.INTERLOCK, RuleName.INTERLOCK));
    }

    /** What a planted fault looks like: a change that mends nothing is seen to be too little. */
    @Test
    void change_of_another_rule_is_not_enough() {
        Situation locked = drawn().filter(situation ->
                        Engine.decide(situation) instanceof Decision.Deny deny && deny.reason() == DenyReason.INTERLOCK)
                .findFirst()
                .orElseThrow();
        assertFalse(grants(locked, List.of(OnSite.ESCORT)));
        assertTrue(grants(locked, List.of(OnSite.CLOSE_OTHERS)));
        assertInstanceOf(Decision.Deny.class, Engine.decide(locked), "paper changes nothing");
    }
}
