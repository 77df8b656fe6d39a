package io.zhitong.decision;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.DenyReason;
import io.zhitong.accessmodel.PointPlace;
import java.util.EnumSet;
import java.util.Set;

/** In a card mode something else proves the holder as well (卡加密码、人脸、指纹、车牌). */
final class SecondFactorRule implements Rule {

    @Override
    public RuleName name() {
        return RuleName.SECOND_FACTOR;
    }

    /** Alone they stand for no card. */
    private static final Set<AccessMethod> NO_CARD =
            EnumSet.of(AccessMethod.PIN, AccessMethod.FACE, AccessMethod.FINGERPRINT, AccessMethod.PLATE);

    @Override
    public Verdict judge(Situation situation) {
        return switch (ModeNow.of(situation)) {
            case CARD_PIN -> factor(situation, AccessMethod.PIN, DenyReason.PIN_MISSING, DenyReason.PIN_WRONG);
            case CARD_FACE -> factor(situation, AccessMethod.FACE, DenyReason.FACE_MISSING, DenyReason.FACE_WRONG);
            case CARD_FINGERPRINT ->
                factor(
                        situation,
                        AccessMethod.FINGERPRINT,
                        DenyReason.FINGERPRINT_MISSING,
                        DenyReason.FINGERPRINT_WRONG);
            case CARD_PLATE -> plate(situation);
            default -> Verdict.PASS;
        };
    }

    private static Verdict factor(Situation situation, AccessMethod factor, DenyReason missing, DenyReason wrong) {
        if (NO_CARD.contains(situation.method())) {
            return Verdict.refuse(DenyReason.CARD_MISSING);
        }
        if (situation.extras().wrong().contains(factor)) {
            return Verdict.refuse(wrong);
        }
        return Verdict.passIf(situation.extras().proved().contains(factor), missing);
    }

    private static Verdict plate(Situation situation) {
        if (NO_CARD.contains(situation.method())) {
            return Verdict.refuse(DenyReason.CARD_MISSING);
        }
        if (situation.extras().plate().isEmpty()) {
            return Verdict.refuse(DenyReason.PLATE_MISSING);
        }
        boolean entering = situation.place().toArea() != PointPlace.OUTSIDE;
        return Verdict.passIf(!entering || own(situation), DenyReason.PLATE_MISMATCH);
    }

    private static boolean own(Situation situation) {
        return situation.record().isPresent()
                && situation.car().isPresent()
                && situation.car().get().samePerson(situation.record().get());
    }
}
