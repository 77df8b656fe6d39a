package io.zhitong.controller;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.FloorGroup;
import io.zhitong.accessmodel.LiftOrder;
import io.zhitong.accessmodel.Octets;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.decision.Carried;
import io.zhitong.decision.Extras;
import io.zhitong.decision.Listed;
import io.zhitong.decision.Policy;
import io.zhitong.decision.Presented;
import java.util.Optional;

/**
 * What was shown to a door (刷卡认证结果).
 *
 * @param extras what came along with it
 * @param evidence what others can check later, or empty
 * @param log why it was not believed, for the log only; empty when it was
 * @param visitMillis how long a host's floor is to stay permitted for a visitor; 0 = no visit
 */
record Shown(Presented presented, Extras extras, Octets evidence, String log, int visitMillis) {

    private static final int MINUTE_MILLIS = 60_000;
    private static final int REAR = FloorGroup.FLOORS;

    Shown(Presented presented, Octets evidence, String log) {
        this(presented, Extras.NONE, evidence, log, 0);
    }

    static Shown of(Presented presented) {
        return new Shown(presented, Octets.EMPTY, "");
    }

    Shown with(Extras other) {
        return new Shown(presented, other, evidence, log, visitMillis);
    }

    /** What a host's own right to a floor is asked for, from afar. */
    static Shown visit(LiftOrder order) {
        Extras none = Extras.NONE;
        Extras.Floor floor = new Extras.Floor(order.floor() % REAR, order.floor() >= REAR);
        return new Shown(
                new Presented.Genuine(
                        order.host(), AccessMethod.REMOTE, CarrierLevel.OWN_KEY, Presented.Genuine.NO_CERTIFICATE),
                new Extras(
                        none.proved(),
                        none.wrong(),
                        false,
                        none.companion(),
                        Optional.of(floor),
                        none.plate(),
                        Extras.NOT_MEASURED),
                Octets.EMPTY,
                "",
                order.minutes() * MINUTE_MILLIS);
    }

    /** Whether whose credential it is stands there. */
    boolean atThePoint() {
        return presented.method() != AccessMethod.REMOTE;
    }

    /** Shown as a number, or found on the lists for what was shown. */
    Optional<CredentialNumber> credential(Policy rules) {
        if (presented instanceof Presented.Genuine genuine) {
            return Optional.of(genuine.credential());
        }
        return carried(rules).map(Carried::credential);
    }

    private Optional<Carried> carried(Policy rules) {
        if (presented instanceof Presented.ByCarrier by) {
            return rules.carried(by.kind(), by.value().toByteArray());
        }
        return presented instanceof Presented.ByPlate ? rules.plate(extras.plate()) : Optional.empty();
    }

    Optional<Listed> listed(Policy rules) {
        return credential(rules).flatMap(rules::listed);
    }

    CarrierLevel level(Policy rules) {
        return presented instanceof Presented.Genuine genuine
                ? genuine.level()
                : carried(rules).map(Carried::level).orElse(CarrierLevel.NONE);
    }
}
