package io.zhitong.decision;

import io.zhitong.accessmodel.DenyReason;
import io.zhitong.accessmodel.PointPlace;
import io.zhitong.accessmodel.Trait;

/** Ordinary credentials pass up to the threat level of the point; a guard passes (警戒级别). */
final class ThreatRule implements Rule {

    @Override
    public RuleName name() {
        return RuleName.THREAT;
    }

    @Override
    public Verdict judge(Situation situation) {
        int most = situation.place().mostThreat();
        return Verdict.passIf(
                most == PointPlace.ANY_THREAT || situation.site().threat() <= most || situation.has(Trait.GUARD),
                DenyReason.THREAT_LEVEL);
    }
}
