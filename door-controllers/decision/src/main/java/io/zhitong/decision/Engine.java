package io.zhitong.decision;

import io.zhitong.accessmodel.DenyReason;
import io.zhitong.accessmodel.PointRecord;
import java.util.List;
import java.util.Optional;

/**
 * Decides who may pass (判定引擎): the same for controller, console and tests. Pure: no clock, no input or output, no threads,
 * no logging; everything it looks at comes in the request and the policy. Thread-safe.
 */
public final class Engine {

    static final long DEFAULT_PULSE_MILLIS = 3_000;

    static final List<Rule> RULES = List.of(
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
            new RightRule());

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
        int passed = 0;
        while (passed < RULES.size()) {
            Verdict verdict = RULES.get(passed).judge(situation);
            if (verdict instanceof Verdict.Refuse refuse) {
                return deny(refuse.reason(), situation, RuleIds.of(passed, right));
            }
            passed++;
            if (verdict instanceof Verdict.PassBy by) {
                right = by.right();
            } else if (verdict instanceof Verdict.Open) {
                break;
            }
        }
        return new Decision.Grant(pulse(situation), RuleIds.of(passed, right));
    }

    private static Decision deny(DenyReason reason, Situation situation, RuleIds passed) {
        boolean alarm =
                reason == DenyReason.NOT_GENUINE && situation.request().state().nextWrongTryAlarms();
        return new Decision.Deny(reason, alarm, passed);
    }

    private static long pulse(Situation situation) {
        Optional<PointRecord> point = situation.point();
        long millis = point.isPresent() ? point.get().times().pulse() : 0;
        return millis > 0 ? millis : DEFAULT_PULSE_MILLIS;
    }
}
