package io.zhitong.decision;

import io.zhitong.accessmodel.AntiPassback;
import io.zhitong.accessmodel.CarrierKind;
import io.zhitong.accessmodel.DenyReason;
import io.zhitong.accessmodel.EntryRecord;
import io.zhitong.accessmodel.PointPlace;
import io.zhitong.cardspec.CredentialNumber;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The anti-passback of a lane: one card, one car; a car leaves with the card that it came with (在场车辆比对). */
final class CarsInside {

    private final Situation situation;
    private final Area area;
    private final boolean free;
    private final String plate;
    private final @Nullable CredentialNumber card;

    private CarsInside(Situation situation, Area area, boolean free) {
        this.situation = situation;
        this.area = area;
        this.free = free;
        this.plate = situation.extras().plate();
        Optional<Listed> record = situation.record();
        this.card = record.isPresent() ? record.get().credential() : null;
    }

    /** @param free whether only cards and plates are compared */
    static Verdict judge(Situation situation, Area area, boolean free) {
        return new CarsInside(situation, area, free).judge();
    }

    private Verdict judge() {
        PointPlace place = situation.place();
        Verdict out = place.fromArea() == PointPlace.OUTSIDE ? Verdict.PASS : wayOut(place);
        if (place.toArea() == PointPlace.OUTSIDE || out instanceof Verdict.Refuse) {
            return out;
        }
        Verdict in = wayIn(place.toArea());
        return in == Verdict.PASS ? out : in;
    }

    private @Nullable EntryRecord ofCard(int lot) {
        return card == null ? null : situation.policy().lots().entry(card, lot);
    }

    private List<EntryRecord> ofPlate() {
        return plate.isEmpty() ? List.of() : situation.policy().lots().entries(plate);
    }

    private boolean otherPlate(EntryRecord entry) {
        return !entry.plate().isEmpty() && !plate.isEmpty() && !entry.plate().equals(plate);
    }

    private Verdict wayOut(PointPlace place) {
        EntryRecord mine = ofCard(place.fromArea());
        if (mine != null && otherPlate(mine)) {
            return Verdict.refuse(DenyReason.PLATE_MISMATCH);
        }
        boolean known = mine != null;
        List<EntryRecord> seen = ofPlate();
        for (int i = 0; i < seen.size(); i++) { // no iterator: nothing is made on the way
            EntryRecord entry = seen.get(i);
            if (entry.lot() == place.fromArea()) {
                boolean sameCard = entry.credential().equals(card);
                if (entry.carrier() == CarrierKind.CARD && !sameCard) {
                    return Verdict.refuse(situation.byPlate() ? DenyReason.CARD_MISSING : DenyReason.PLATE_MISMATCH);
                }
                known = true;
            }
        }
        boolean matters = place.toArea() == PointPlace.OUTSIDE && area.antiPassback() != AntiPassback.TIMED;
        return known || free || !matters ? Verdict.PASS : area.violated(situation, 0);
    }

    private Verdict wayIn(int lot) {
        EntryRecord mine = ofCard(lot);
        if (mine != null && !situation.byPlate() && otherPlate(mine)) {
            return Verdict.refuse(DenyReason.CARD_IN_USE);
        }
        long since = mine == null ? -1 : mine.enteredSecond();
        List<EntryRecord> seen = ofPlate();
        for (int i = 0; i < seen.size(); i++) {
            EntryRecord entry = seen.get(i);
            since = entry.lot() == lot ? Math.max(since, entry.enteredSecond()) : since;
        }
        return free || since < 0 ? Verdict.PASS : area.violated(situation, since);
    }
}
