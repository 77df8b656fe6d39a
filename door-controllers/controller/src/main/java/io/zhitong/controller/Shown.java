package io.zhitong.controller;

import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.Octets;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.decision.Presented;
import java.util.Optional;

/**
 * What a card showed to a door (刷卡认证结果).
 *
 * @param evidence what others can check later, or empty
 * @param log why it was not believed, for the log only; empty when it was
 */
record Shown(Presented presented, Octets evidence, String log) {

    static Shown of(Presented presented) {
        return new Shown(presented, Octets.EMPTY, "");
    }

    Optional<CredentialNumber> credential() {
        return presented instanceof Presented.Genuine genuine ? Optional.of(genuine.credential()) : Optional.empty();
    }

    CarrierLevel level() {
        return presented instanceof Presented.Genuine genuine ? genuine.level() : CarrierLevel.NONE;
    }
}
