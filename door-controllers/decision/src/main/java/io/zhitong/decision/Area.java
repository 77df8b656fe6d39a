package io.zhitong.decision;

import io.zhitong.accessmodel.AntiPassback;
import io.zhitong.accessmodel.AreaRecord;
import io.zhitong.accessmodel.DenyReason;
import io.zhitong.accessmodel.PointPlace;
import io.zhitong.accessmodel.StalePolicy;
import java.util.Optional;

/** The area that governs a passage: the one entered, for a passage to outside the one left (管辖区域). */
record Area(Optional<AreaRecord> configured) {

    private static final long MINUTE = 60;

    static Area of(Situation situation) {
        PointPlace place = situation.place();
        return new Area(
                situation.policy().area(place.toArea() != PointPlace.OUTSIDE ? place.toArea() : place.fromArea()));
    }

    long capacity() {
        return configured.isPresent() ? configured.get().capacity() : 0;
    }

    AntiPassback antiPassback() {
        return configured.isPresent() ? configured.get().antiPassback() : AntiPassback.NONE;
    }

    /** Too little is known, and the area denies then. */
    boolean denying(Situation situation) {
        return stale(situation, StalePolicy.DENY);
    }

    /** Too little is known, and the area grants and records then; for who is not free of the rules of areas anyway. */
    boolean granting(Situation situation) {
        return stale(situation, StalePolicy.GRANT) && !AntiPassbackRule.free(situation);
    }

    private boolean stale(Situation situation, StalePolicy then) {
        if (configured.isEmpty()) {
            return false;
        }
        AreaRecord area = configured.get();
        boolean asked = area.antiPassback() != AntiPassback.NONE || area.capacity() > 0;
        return asked && area.partition() == then && situation.site().ageSeconds() > area.stalenessSeconds();
    }

    /** @param since Unix seconds of the passage that stands against this one */
    Verdict violated(Situation situation, long since) {
        return switch (antiPassback()) {
            case NONE -> Verdict.PASS;
            case HARD -> Verdict.refuse(DenyReason.ANTI_PASSBACK);
            case SOFT -> Verdict.RECORDED;
            case TIMED -> timed(situation, since);
        };
    }

    private Verdict timed(Situation situation, long since) {
        if (!situation.clockKnown()) {
            return Verdict.refuse(DenyReason.CLOCK_UNKNOWN);
        }
        long end = since + configured.orElseThrow().minutes() * MINUTE;
        return Verdict.passIf(situation.now().getEpochSecond() >= end, DenyReason.ANTI_PASSBACK);
    }
}
