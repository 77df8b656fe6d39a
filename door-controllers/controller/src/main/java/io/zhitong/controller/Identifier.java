package io.zhitong.controller;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.DenyReason;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.cardspec.CardChannel;
import io.zhitong.cardterminal.AccessFailure;
import io.zhitong.cardterminal.AccessOutcome;
import io.zhitong.cardterminal.Door;
import io.zhitong.cardterminal.FastAccess;
import io.zhitong.cardterminal.LegacyAccess;
import io.zhitong.cardterminal.SealedAccess;
import io.zhitong.decision.Presented;
import io.zhitong.smcrypto.RandomSource;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Asks a card at one point who it is, by the method the point's signed configuration names (读卡认证). A sealed point never asks
 * fast or legacy: the method is chosen before the card has said a word. One thread per reader.
 */
final class Identifier {
    /** Id of the internal authentication key on cards as people own them. */
    private static final int LEGACY_KEY = 0x01;

    private final PointId point;
    private final byte[] cardPoint;
    private final AccessMethod installed;
    private final DoorKeys keys;
    private final RandomSource random;

    /** @param installed the method the installer wrote down, used where the point's configuration names several or none */
    Identifier(DeviceId device, PointId point, AccessMethod installed, DoorKeys keys, RandomSource random) {
        this.point = point;
        this.cardPoint = device.cardPoint(point);
        this.installed = installed;
        this.keys = keys;
        this.random = random;
    }

    Shown identify(CardChannel card, DoorPolicy policy, Instant now) {
        AccessMethod method = method(policy);
        Optional<byte[]> community = policy.community();
        if (community.isEmpty()) {
            return new Shown(new Presented.Unread(method, DenyReason.CARD_ERROR), Octets.EMPTY, "no settings list yet");
        }
        Door door = new Door(community.get(), cardPoint, policy.zone());
        return shown(
                method,
                switch (method) {
                    case FAST -> new FastAccess(door, keys, random).identify(card, now);
                    case LEGACY -> new LegacyAccess(LEGACY_KEY, keys, random).identify(card);
                    default ->
                        new SealedAccess(door, random, System::nanoTime).identify(card, policy.trusted(now), now);
                });
    }

    private AccessMethod method(DoorPolicy policy) {
        Set<AccessMethod> named =
                policy.rules().point(point).map(PointRecord::methods).orElse(Set.of());
        if (named.contains(installed) || named.isEmpty()) {
            return installed;
        }
        return named.contains(AccessMethod.SEALED) || !named.contains(AccessMethod.FAST)
                ? AccessMethod.SEALED
                : AccessMethod.FAST;
    }

    private static Shown shown(AccessMethod method, AccessOutcome outcome) {
        if (outcome instanceof AccessOutcome.Genuine genuine) {
            return new Shown(presented(method, genuine), Octets.of(genuine.evidence()), "");
        }
        AccessOutcome.NotGenuine no = (AccessOutcome.NotGenuine) outcome;
        String log = no.reason() + (no.sw() == 0 ? "" : String.format(" SW %04X", no.sw()));
        return new Shown(presented(method, no.reason()), Octets.EMPTY, log);
    }

    private static Presented presented(AccessMethod method, AccessOutcome.Genuine genuine) {
        boolean sealed = method == AccessMethod.SEALED;
        return new Presented.Genuine(
                genuine.credential(),
                method,
                sealed ? CarrierLevel.SEALED_CARD : CarrierLevel.OWN_KEY,
                sealed ? genuine.certificateNumber() : Presented.Genuine.NO_CERTIFICATE);
    }

    private static Presented presented(AccessMethod method, AccessFailure failure) {
        if (failure.suspicious()) {
            return new Presented.NotGenuine(method);
        }
        return new Presented.Unread(
                method,
                switch (failure) {
                    case NO_APPLICATION -> DenyReason.UNKNOWN_CREDENTIAL;
                    case METHOD_NOT_OFFERED -> DenyReason.METHOD_NOT_ALLOWED;
                    case SAM_FAILED -> DenyReason.SAM_MISSING;
                    default -> DenyReason.CARD_ERROR;
                });
    }
}
