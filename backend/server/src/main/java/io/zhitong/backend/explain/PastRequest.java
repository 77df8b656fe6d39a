package io.zhitong.backend.explain;

import io.zhitong.accessmodel.AccessEvent;
import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.DenyReason;
import io.zhitong.accessmodel.ModelException;
import io.zhitong.accessmodel.Outcome;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointMode;
import io.zhitong.accessmodel.PointPlace;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.accessmodel.SealedEvidence;
import io.zhitong.cardspec.AccessCertificate;
import io.zhitong.decision.Extras;
import io.zhitong.decision.Listed;
import io.zhitong.decision.PointState;
import io.zhitong.decision.Policy;
import io.zhitong.decision.Presented;
import io.zhitong.decision.Replay;
import io.zhitong.decision.Request;
import io.zhitong.decision.RuleName;
import io.zhitong.decision.SiteState;
import io.zhitong.decision.Tally;
import io.zhitong.smcrypto.MalformedInput;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The request an access event tells of (还原请求). Where the event does not carry what stood at the place, first a quiet site is taken;
 * {@link #restored} sets the site as the recorded reason says it was.
 */
final class PastRequest {
    private static final long LONG = 100 * 365 * 86_400L;
    private static final int FEVER = 380;
    private static final Set<AccessMethod> FACTORS =
            Set.of(AccessMethod.PIN, AccessMethod.FACE, AccessMethod.FINGERPRINT);

    private final PointId point;
    private final AccessEvent event;
    private final Instant happened;
    private final ClockQuality clock;

    PastRequest(PointId point, AccessEvent event, Instant happened, ClockQuality clock) {
        this.point = point;
        this.event = event;
        this.happened = happened;
        this.clock = clock;
    }

    /** Exactly as it was, where the device told what the place was like. */
    Optional<Request> told(Policy policy) {
        return Replay.request(point, event, happened, clock, policy);
    }

    /** At a quiet place, at that time. */
    Request quiet() {
        return new Request(point, PointState.FRESH, presented(), happened, clock, 0);
    }

    /** The same thing presented now. */
    Request now(Instant now) {
        return new Request(point, PointState.FRESH, presented(), now, ClockQuality.SYNCHRONISED, 0);
    }

    /** With place and state as the event's reason, or the rule it was opened by, says they were. */
    Request restored(Policy policy) {
        Optional<PointRecord> record = policy.point(point);
        return new Request(
                point, state(), presented(), happened, clock, passes(policy), extras(), site(record, policy));
    }

    private Presented presented() {
        AccessMethod method = event.method();
        DenyReason reason = event.reason();
        if (reason == DenyReason.NOT_GENUINE) {
            return new Presented.NotGenuine(method);
        }
        if (reason == DenyReason.CARD_ERROR || reason == DenyReason.SAM_MISSING) {
            return new Presented.Unread(method, reason);
        }
        return event.credential()
                .<Presented>map(number -> new Presented.Genuine(number, method, event.level(), certificate()))
                .orElseGet(() -> new Presented.Unread(method, unread(reason)));
    }

    private static DenyReason unread(DenyReason reason) {
        boolean told = reason == DenyReason.METHOD_NOT_ALLOWED || reason == DenyReason.PLATE_MISSING;
        return told ? reason : DenyReason.UNKNOWN_CREDENTIAL;
    }

    private int certificate() {
        if (event.evidence().length() == 0) {
            return Presented.Genuine.NO_CERTIFICATE;
        }
        try {
            SealedEvidence evidence = SealedEvidence.decode(event.evidence());
            return AccessCertificate.parse(evidence.certificate().toByteArray()).number();
        } catch (ModelException | MalformedInput e) {
            return Presented.Genuine.NO_CERTIFICATE;
        }
    }

    private PointState state() {
        if (event.reason() == DenyReason.LOCKED_DOWN) {
            return PointState.of(PointMode.LOCKED);
        }
        return openedBy(RuleName.POINT_MODE) ? PointState.of(PointMode.UNLOCKED) : PointState.FRESH;
    }

    /** Whether this rule granted at once, so that no later one was asked. */
    private boolean openedBy(RuleName rule) {
        List<Long> passed = event.rules();
        return event.outcome() == Outcome.GRANTED
                && !passed.isEmpty()
                && RuleName.of(passed.get(passed.size() - 1))
                        .filter(rule::equals)
                        .isPresent();
    }

    private int passes(Policy policy) {
        return event.reason() == DenyReason.USES_EXHAUSTED
                ? event.credential().flatMap(policy::listed).map(Listed::uses).orElse(0)
                : 0;
    }

    private Extras extras() {
        AccessMethod wrong = switch (event.reason()) {
            case PIN_WRONG -> AccessMethod.PIN;
            case FACE_WRONG -> AccessMethod.FACE;
            case FINGERPRINT_WRONG -> AccessMethod.FINGERPRINT;
            default -> AccessMethod.NONE;
        };
        boolean passed = event.rules().contains(Integer.toUnsignedLong(RuleName.SECOND_FACTOR.code()));
        int tenths = event.reason() == DenyReason.TEMPERATURE ? FEVER : Extras.NOT_MEASURED;
        return new Extras(
                passed ? FACTORS : Set.of(),
                wrong == AccessMethod.NONE ? Set.of() : Set.of(wrong),
                false,
                Optional.empty(),
                Optional.empty(),
                "",
                tenths);
    }

    private SiteState site(Optional<PointRecord> record, Policy policy) {
        PointPlace place = record.map(PointRecord::place).orElse(PointPlace.NOWHERE);
        int zone = record.map(each -> each.fire().zone()).orElse(0);
        int entered = place.toArea() != PointPlace.OUTSIDE ? place.toArea() : place.fromArea();
        boolean fire = event.reason() == DenyReason.FIRE_RECALL || openedBy(RuleName.FIRE);
        return new SiteState(
                event.rules().contains(Integer.toUnsignedLong(RuleName.FIRST_CARD.code())),
                is(DenyReason.THREAT_LEVEL) ? place.mostThreat() + 1 : 0,
                fire ? Tally.of(List.of(zone)) : Tally.NONE,
                is(DenyReason.INTERLOCK) ? Tally.of(others(place, policy)) : Tally.NONE,
                is(DenyReason.ANTI_PASSBACK) ? elsewhere(place) : SiteState.NOWHERE,
                is(DenyReason.ANTI_PASSBACK) ? happened.getEpochSecond() : 0,
                is(DenyReason.STATE_STALE) ? LONG : 0,
                is(DenyReason.OCCUPANCY_FULL) ? Tally.of(Map.of(entered, LONG)) : Tally.NONE,
                is(DenyReason.LEASE_ENDED) || is(DenyReason.ASK_GUARD) ? LONG : 0);
    }

    private boolean is(DenyReason reason) {
        return event.reason() == reason;
    }

    /** Somewhere the point does not lead from: where it leads to. */
    private static int elsewhere(PointPlace place) {
        return place.toArea() != place.fromArea() ? place.toArea() : place.fromArea() + 1;
    }

    private Set<Integer> others(PointPlace place, Policy policy) {
        return IntStream.rangeClosed(1, 0xFFFF)
                .filter(id -> id != point.value())
                .filter(id -> policy.point(new PointId(id))
                        .filter(other -> other.place().interlockGroup() == place.interlockGroup())
                        .isPresent())
                .boxed()
                .collect(Collectors.toSet());
    }
}
