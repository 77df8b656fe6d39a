package io.zhitong.decision;

import io.zhitong.accessmodel.DenyReason;
import io.zhitong.accessmodel.PointKind;
import io.zhitong.accessmodel.PointTimes;
import io.zhitong.accessmodel.Trait;
import java.util.List;

/**
 * Decides who may pass (判定引擎): the same for controller, console and tests. Pure: no clock, no input or output, no threads,
 * no logging; everything it looks at comes in the request and the policy. Thread-safe.
 */
public final class Engine {

    static final long DEFAULT_PULSE_MILLIS = 3_000;

    static final List<Rule> RULES = List.of(
            new FireRule(),
            new GenuineRule(),
            new PointModeRule(),
            new ListRule(),
            new KnownRule(),
            new StatusRule(),
            new ValidityRule(),
            new CertificateRule(),
            new MethodRule(),
            new LevelRule(),
            new UsesRule(),
            new RightRule(),
            new FloorRule(),
            new ThreatRule(),
            new TemperatureRule(),
            new SecondFactorRule(),
            new FirstCardRule(),
            new CompanionRule(),
            new AntiPassbackRule(),
            new OccupancyRule(),
            new InterlockRule());

    private Engine() {}

    public static Decision decide(Request request, Policy policy) {
        return decide(Situation.of(request, policy));
    }

    /** Asks the same rules again and puts into words what they say. */
    public static Explanation explain(Request request, Policy policy) {
        return new Explainer(Situation.of(request, policy)).explain();
    }

    static Decision decide(Situation situation) {
        long right = RuleIds.NO_RIGHT;
        LiftFloors floors = LiftFloors.NONE;
        boolean recorded = false;
        PassedAs as = PassedAs.ORDINARY;
        int passed = 0;
        boolean open = false;
        while (passed < RULES.size() && !open) {
            Verdict verdict = judge(RULES.get(passed), situation);
            if (verdict instanceof Verdict.Refuse refuse) {
                return deny(refuse.reason(), situation, RuleIds.of(passed, right));
            }
            passed++;
            if (verdict instanceof Verdict.PassBy by) {
                right = by.right();
            } else if (verdict instanceof Verdict.PassTo to) {
                floors = to.floors();
            } else if (verdict instanceof Verdict.PassAs counts) {
                as = counts.as();
            } else if (verdict instanceof Verdict.Open at) {
                as = at.as();
                open = true;
            }
            recorded |= verdict == Verdict.RECORDED;
        }
        return new Decision.Grant(
                pulse(situation, !open && situation.has(Trait.LONGER)),
                floors,
                situation.is(PointKind.LANE),
                situation.extras().duress(),
                recorded,
                as,
                RuleIds.of(passed, right));
    }

    static Verdict judge(Rule rule, Situation situation) {
        return situation.waived() != 0 && situation.waives(rule.name()) ? Verdict.PASS : rule.judge(situation);
    }

    private static Decision deny(DenyReason reason, Situation situation, RuleIds passed) {
        boolean fifth = PointState.wrong(reason) && situation.request().state().nextWrongTryAlarms();
        boolean alarm = fifth
                || reason == DenyReason.PLATE_MISMATCH
                || situation.extras().duress();
        return new Decision.Deny(reason, alarm, passed);
    }

    private static long pulse(Situation situation, boolean longer) {
        if (situation.point().isEmpty()) {
            return DEFAULT_PULSE_MILLIS;
        }
        PointTimes times = situation.point().get().times();
        long millis = longer && times.longer() > 0 ? times.longer() : times.pulse();
        return millis > 0 ? millis : DEFAULT_PULSE_MILLIS;
    }
}
