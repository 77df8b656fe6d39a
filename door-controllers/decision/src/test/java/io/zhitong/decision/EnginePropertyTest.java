package io.zhitong.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.accessmodel.DenyReason;
import io.zhitong.accessmodel.Schedule;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class EnginePropertyTest {

    private static final int FOR_EACH_ROUND = 50;

    private static final Set<DenyReason> REACHABLE = EnumSet.of(
            DenyReason.NONE,
            DenyReason.NOT_GENUINE,
            DenyReason.CARD_ERROR,
            DenyReason.SAM_MISSING,
            DenyReason.LOCKED_DOWN,
            DenyReason.LIST_MISSING,
            DenyReason.LEASE_ENDED,
            DenyReason.CLOCK_UNKNOWN,
            DenyReason.UNKNOWN_CREDENTIAL,
            DenyReason.LOST,
            DenyReason.CANCELLED,
            DenyReason.BLOCKED,
            DenyReason.EXPIRED,
            DenyReason.NOT_YET_VALID,
            DenyReason.CERTIFICATE_REPLACED,
            DenyReason.METHOD_NOT_ALLOWED,
            DenyReason.LEVEL_TOO_LOW,
            DenyReason.USES_EXHAUSTED,
            DenyReason.NO_RIGHT_HERE,
            DenyReason.OUTSIDE_SCHEDULE);

    @Property(tries = 20_000)
    void engine_agrees_with_the_naive_evaluator(@ForAll long seed) {
        Cases drawn = Cases.random(seed);
        assertEquals(NaiveEvaluator.evaluate(drawn.request(), drawn.lists()), reason(drawn.decide()));
    }

    @Example
    void random_world_meets_every_reason_and_a_planted_fault_is_seen() {
        Map<DenyReason, Integer> met = new EnumMap<>(DenyReason.class);
        int disagreements = 0;
        int rounds = Math.max(20_000, FOR_EACH_ROUND * Integer.getInteger("zhitong.rounds", 0));
        for (long seed = 0; seed < rounds; seed++) {
            Cases drawn = Cases.random(seed);
            DenyReason naive = NaiveEvaluator.evaluate(drawn.request(), drawn.lists());
            met.merge(naive, 1, Integer::sum);
            DenyReason faulty = naive == DenyReason.LOST ? DenyReason.NONE : reason(drawn.decide());
            disagreements += faulty == naive ? 0 : 1;
        }
        assertEquals(REACHABLE, met.keySet());
        assertEquals(
                met.get(DenyReason.LOST), disagreements, "an engine that lets lost cards pass is caught each time");
    }

    @Property(tries = 10_000)
    void explanation_tells_the_decision_and_its_changes_together_grant(@ForAll long seed) {
        Cases drawn = Cases.random(seed);
        Policy policy = new Policy(drawn.lists());
        Situation situation = Situation.of(drawn.request(), policy);
        Explanation explanation = Engine.explain(drawn.request(), policy);
        assertEquals(Engine.decide(drawn.request(), policy), explanation.decision());
        assertEquals(RuleName.values().length, explanation.steps().size());
        if (explanation.decision() instanceof Decision.Grant) {
            assertEquals(List.of(), explanation.changes());
        } else if (drawn.request().presented() instanceof Presented.Genuine) {
            assertFalse(explanation.changes().isEmpty());
            assertInstanceOf(Decision.Grant.class, decide(situation, explanation.changes()));
        }
    }

    @Property(tries = 10_000)
    void no_proposed_change_can_be_left_out(@ForAll long seed) {
        Cases drawn = Cases.random(seed);
        Situation situation = Situation.of(drawn.request(), new Policy(drawn.lists()));
        List<Change> changes = new Explainer(situation).explain().changes();
        for (Change left : changes) {
            List<Change> others =
                    changes.stream().filter(change -> change != left).toList();
            assertInstanceOf(Decision.Deny.class, decide(situation, others), () -> left + " was superfluous");
        }
    }

    @Property(tries = 60)
    void next_opening_is_the_first_minute_at_which_the_schedule_holds(@ForAll long seed) {
        Cases drawn = Cases.random(seed);
        Policy policy = new Policy(drawn.lists());
        for (Schedule schedule : drawn.lists().all(Schedule.class)) {
            Instant now = Instant.ofEpochSecond(drawn.request().now().getEpochSecond() / 60 * 60);
            if (policy.holds(schedule, now)) {
                continue;
            }
            assertEquals(
                    minuteByMinute(schedule.id(), drawn, now, 9),
                    NextOpening.of(schedule, policy, now).filter(at -> at.isBefore(now.plusSeconds(9 * 86_400))));
        }
    }

    @Example
    void denial_does_not_list_the_rule_that_denied_and_a_grant_lists_all() {
        for (long seed = 0; seed < 5_000; seed++) {
            Decision decision = Cases.random(seed).decide();
            boolean right = decision.rules().contains(RuleName.RIGHT);
            boolean free = decision.rules().toArray().length == 3;
            assertTrue(decision instanceof Decision.Deny ? !right : right || free);
        }
        assertNotEquals(RuleName.of(17), RuleName.of(0xFFFF_FF01L));
    }

    private static Optional<Instant> minuteByMinute(int schedule, Cases drawn, Instant now, int days) {
        for (int minute = 0; minute < days * 1_440; minute++) {
            Request at = drawn.request()
                    .at(now.plusSeconds(60L * minute), drawn.request().clock());
            if (NaiveEvaluator.open(schedule, at, drawn.lists())) {
                return Optional.of(at.now());
            }
        }
        return Optional.empty();
    }

    private static Decision decide(Situation situation, List<Change> changes) {
        Situation paper = situation;
        for (Change change : changes) {
            paper = WhatIf.applied(change, paper);
        }
        return Engine.decide(paper);
    }

    private static DenyReason reason(Decision decision) {
        return decision instanceof Decision.Deny deny ? deny.reason() : DenyReason.NONE;
    }
}
