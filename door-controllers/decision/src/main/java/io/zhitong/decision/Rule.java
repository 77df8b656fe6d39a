package io.zhitong.decision;

import io.zhitong.accessmodel.DenyReason;

/**
 * One rule (规则), without state: the engine asks it to decide, and asks the same object again to explain. A rule may rely on
 * the rules before it having passed.
 */
sealed interface Rule
        permits FireRule,
                GenuineRule,
                PointModeRule,
                ListRule,
                KnownRule,
                StatusRule,
                ValidityRule,
                CertificateRule,
                MethodRule,
                LevelRule,
                UsesRule,
                RightRule,
                FloorRule,
                ThreatRule,
                TemperatureRule,
                SecondFactorRule,
                FirstCardRule,
                CompanionRule,
                AntiPassbackRule,
                OccupancyRule,
                InterlockRule {

    RuleName name();

    Verdict judge(Situation situation);

    /** The smallest change after which this rule, which refuses now, would pass. */
    default Change remedy(Situation situation) {
        DenyReason reason = ((Verdict.Refuse) judge(situation)).reason();
        return reason == DenyReason.CLOCK_UNKNOWN ? new Change.SetClock() : OnSite.against(reason, name());
    }
}
