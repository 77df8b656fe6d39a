package io.zhitong.decision;

import io.zhitong.accessmodel.DenyReason;
import io.zhitong.accessmodel.EntryRecord;
import io.zhitong.accessmodel.PointKind;
import io.zhitong.accessmodel.PointPlace;

/** The credential is on this device's list (凭证须在名单上). */
final class KnownRule implements Rule {

    @Override
    public RuleName name() {
        return RuleName.KNOWN;
    }

    @Override
    public Verdict judge(Situation situation) {
        if (situation.record().isPresent() || situation.is(PointKind.LANE) && temporary(situation)) {
            return Verdict.PASS;
        }
        Verdict unknown = Verdict.refuse(DenyReason.UNKNOWN_CREDENTIAL);
        return situation.site().silenceSeconds() > 0 ? situation.fallback(unknown) : unknown;
    }

    /** A car that nobody knows comes in where the lot takes such cars, and goes out where it came in. */
    private static boolean temporary(Situation situation) {
        if (!situation.byPlate()) {
            return false;
        }
        PointPlace place = situation.place();
        Lots lots = situation.policy().lots();
        if (place.toArea() != PointPlace.OUTSIDE) {
            return lots.takesTemporary(place.toArea());
        }
        boolean inside = false;
        for (EntryRecord entry : lots.entries(situation.extras().plate())) {
            inside |= entry.lot() == place.fromArea();
        }
        return inside;
    }

    @Override
    public Change remedy(Situation situation) {
        return situation
                .credential()
                .<Change>map(number ->
                        new Change.AddCredential(number, situation.request().point()))
                .orElseGet(() -> new Change.RegisterCarrier(situation.request().point()));
    }
}
