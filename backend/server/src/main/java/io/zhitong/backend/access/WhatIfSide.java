package io.zhitong.backend.access;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListRecord;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.backend.estate.PointRow;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.decision.Decision;
import io.zhitong.decision.Engine;
import io.zhitong.decision.Extras;
import io.zhitong.decision.PointState;
import io.zhitong.decision.Policy;
import io.zhitong.decision.PolicyLists;
import io.zhitong.decision.Presented;
import io.zhitong.decision.Request;
import io.zhitong.decision.SiteState;
import io.zhitong.decision.Tally;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One of the two policies of a trial: its lists for each device, indexed as the controller indexes them (试算的一方). */
final class WhatIfSide {
    private static final List<ListKind> KINDS = List.of(
            ListKind.ACCESS,
            ListKind.SCHEDULES,
            ListKind.HOLIDAYS,
            ListKind.POINTS,
            ListKind.GROUPS,
            ListKind.FLOORS,
            ListKind.AREAS,
            ListKind.PINS,
            ListKind.WIRING);
    private static final int NEWEST_CERTIFICATE = 0xFFFF;
    private static final SiteState SITE =
            new SiteState(true, 0, Tally.NONE, Tally.NONE, SiteState.NOWHERE, 0, 0, Tally.NONE, 0);

    private final AccessCompiler compiler;
    private final ZoneId zone;
    private final Map<DeviceId, List<ListRecord>> lists = new HashMap<>();
    private final Map<DeviceId, Policy> policies = new HashMap<>();

    WhatIfSide(PolicyContent content, Facts facts) {
        compiler = new AccessCompiler(content, facts);
        zone = facts.community().zone();
    }

    /** All records that decide anything at the device. */
    List<ListRecord> lists(DeviceId device) {
        return lists.computeIfAbsent(device, each -> {
            List<ListRecord> all = new ArrayList<>();
            KINDS.forEach(kind -> all.addAll(compiler.records(kind, each)));
            return List.copyOf(all);
        });
    }

    private Policy policy(DeviceId device) {
        return policies.computeIfAbsent(
                device, each -> new Policy(new PolicyLists(new ListVersion(1, 1), Long.MAX_VALUE, zone, lists(each))));
    }

    /** @param floors those that are granted are added: front by index, rear from {@link WhatIf.FloorChange#REAR} on */
    boolean passes(CredentialNumber credential, PointRow point, LocalDate date, int minute, BitSet floors) {
        Policy policy = policy(point.device());
        Instant now = date.atStartOfDay(zone)
                .toLocalDateTime()
                .plusMinutes(minute)
                .atZone(zone)
                .toInstant();
        boolean passes = false;
        for (AccessMethod method : methods(policy, point)) {
            Request request = new Request(
                    point.id(),
                    PointState.FRESH,
                    new Presented.Genuine(credential, method, level(method), NEWEST_CERTIFICATE),
                    now,
                    ClockQuality.SYNCHRONISED,
                    0,
                    extras(policy, credential),
                    SITE);
            if (Engine.decide(request, policy) instanceof Decision.Grant grant) {
                floors.or(grant.floors().front());
                grant.floors().rear().stream().forEach(floor -> floors.set(WhatIf.FloorChange.REAR + floor));
                passes = true;
            }
        }
        return passes;
    }

    /** What a signed order in the name of this credential would be answered with. */
    Decision remote(CredentialNumber credential, PointRow point, Instant now) {
        return Engine.decide(
                new Request(
                        point.id(),
                        PointState.FRESH,
                        new Presented.Genuine(
                                credential,
                                AccessMethod.REMOTE,
                                CarrierLevel.OWN_KEY,
                                Presented.Genuine.NO_CERTIFICATE),
                        now,
                        ClockQuality.SYNCHRONISED,
                        0,
                        Extras.NONE,
                        SITE),
                policy(point.device()));
    }

    private static Set<AccessMethod> methods(Policy policy, PointRow point) {
        return policy.point(point.id()).map(PointRecord::methods).orElse(Set.of());
    }

    private static CarrierLevel level(AccessMethod method) {
        CarrierLevel least = PointDefaults.least(method);
        return least == CarrierLevel.NONE ? CarrierLevel.OWN_KEY : least;
    }

    private static Extras extras(Policy policy, CredentialNumber credential) {
        Set<AccessMethod> proved = policy.pin(credential).isPresent()
                ? Set.of(AccessMethod.PIN, AccessMethod.FACE, AccessMethod.FINGERPRINT)
                : Set.of(AccessMethod.FACE, AccessMethod.FINGERPRINT);
        return new Extras(proved, Set.of(), false, Optional.empty(), Optional.empty(), "", Extras.NOT_MEASURED);
    }
}
