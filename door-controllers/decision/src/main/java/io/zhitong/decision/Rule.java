package io.zhitong.decision;

/**
 * One rule (规则), without state: the engine asks it to decide, and asks the same object again to explain. A rule may rely on
 * the rules before it having passed.
 */
sealed interface Rule
        permits GenuineRule,
                PointModeRule,
                ListRule,
                KnownRule,
                StatusRule,
                ValidityRule,
                CertificateRule,
                MethodRule,
                LevelRule,
                UsesRule,
                RightRule {

    RuleName name();

    Verdict judge(Situation situation);

    /** The smallest change after which this rule, which refuses now, would pass. */
    Change remedy(Situation situation);
}
