package io.zhitong.backend.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.accessmodel.AccessEvent;
import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.DenyReason;
import io.zhitong.accessmodel.FireSafety;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.LockKind;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.Outcome;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointKind;
import io.zhitong.accessmodel.PointMode;
import io.zhitong.accessmodel.PointPlace;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.accessmodel.PointTimes;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.decision.Extras;
import io.zhitong.decision.PointState;
import io.zhitong.decision.Policy;
import io.zhitong.decision.PolicyLists;
import io.zhitong.decision.Presented;
import io.zhitong.decision.Request;
import io.zhitong.decision.RuleName;
import io.zhitong.decision.SiteState;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an access event lets be known of the request, and what is set for what it does not. */
final class PastRequestTest {
    private static final PointId DOOR = new PointId(1);
    private static final Instant T = Instant.parse("2026-05-01T12:00:00Z");
    private static final CredentialNumber CARD = CredentialNumber.parse("4403010100000001");

    private final PointRecord door = PointRecord.of(
                    DOOR, PointKind.DOOR, Set.of(AccessMethod.SEALED), CarrierLevel.NONE, PointTimes.of(3000, 0), "门")
            .with(new PointPlace(3, 7, 5, 2))
            .with(new FireSafety(9, 1, true, LockKind.FAIL_SAFE));
    private final PointRecord other = PointRecord.of(
                    new PointId(2),
                    PointKind.DOOR,
                    Set.of(AccessMethod.SEALED),
                    CarrierLevel.NONE,
                    PointTimes.of(3000, 0),
                    "内门")
            .with(new PointPlace(0, 0, 5, PointPlace.ANY_THREAT));
    private final Policy policy =
            new Policy(new PolicyLists(new ListVersion(1, 1), Long.MAX_VALUE, ZoneOffset.UTC, List.of(door, other)));

    @Test
    void a_quiet_request_has_the_credential_time_and_clock_of_the_event_and_nothing_the_matter() {
        Request quiet = past(DenyReason.OUTSIDE_SCHEDULE, List.of()).quiet();
        assertThat(quiet.now()).isEqualTo(T);
        assertThat(quiet.clock()).isEqualTo(ClockQuality.HELD);
        assertThat(quiet.site()).isEqualTo(SiteState.QUIET);
        assertThat(quiet.extras()).isEqualTo(Extras.NONE);
        assertThat(quiet.state()).isEqualTo(PointState.FRESH);
        assertThat(quiet.presented()).isEqualTo(genuine());
    }

    @Test
    void now_is_asked_with_a_clock_that_is_right() {
        Instant now = Instant.parse("2027-01-01T00:00:00Z");
        Request request = past(DenyReason.CLOCK_UNKNOWN, List.of()).now(now);
        assertThat(request.now()).isEqualTo(now);
        assertThat(request.clock()).isEqualTo(ClockQuality.SYNCHRONISED);
        assertThat(request.presented()).isEqualTo(genuine());
    }

    @ParameterizedTest
    @EnumSource(
            value = DenyReason.class,
            names = {"NONE"},
            mode = EnumSource.Mode.EXCLUDE)
    void each_reason_sets_what_it_is_about_and_nothing_else(DenyReason reason) {
        Request restored = past(reason, List.of()).restored(policy);
        SiteState site = restored.site();
        assertThat(site.threat()).isEqualTo(reason == DenyReason.THREAT_LEVEL ? 3 : 0);
        assertThat(site.fire().has(9)).isEqualTo(reason == DenyReason.FIRE_RECALL);
        assertThat(site.open().has(2)).isEqualTo(reason == DenyReason.INTERLOCK);
        assertThat(site.open().has(1)).isFalse();
        assertThat(site.holderArea()).isEqualTo(reason == DenyReason.ANTI_PASSBACK ? 7 : SiteState.NOWHERE);
        assertThat(site.ageSeconds() > 0).isEqualTo(reason == DenyReason.STATE_STALE);
        assertThat(site.counts().has(7)).isEqualTo(reason == DenyReason.OCCUPANCY_FULL);
        assertThat(site.silenceSeconds() > 0)
                .isEqualTo(reason == DenyReason.LEASE_ENDED || reason == DenyReason.ASK_GUARD);
        assertThat(restored.state().ordered())
                .isEqualTo(reason == DenyReason.LOCKED_DOWN ? Optional.of(PointMode.LOCKED) : Optional.empty());
        assertThat(restored.extras().tenths() >= 373).isEqualTo(reason == DenyReason.TEMPERATURE);
        assertThat(restored.extras().wrong()).hasSize(reason.name().endsWith("_WRONG") ? 1 : 0);
        assertThat(restored.extras().proved()).isEmpty();
    }

    @Test
    void a_wrong_factor_is_the_one_the_reason_names() {
        assertThat(past(DenyReason.PIN_WRONG, List.of())
                        .restored(policy)
                        .extras()
                        .wrong())
                .containsExactly(AccessMethod.PIN);
        assertThat(past(DenyReason.FACE_WRONG, List.of())
                        .restored(policy)
                        .extras()
                        .wrong())
                .containsExactly(AccessMethod.FACE);
        assertThat(past(DenyReason.FINGERPRINT_WRONG, List.of())
                        .restored(policy)
                        .extras()
                        .wrong())
                .containsExactly(AccessMethod.FINGERPRINT);
    }

    @Test
    void rules_that_were_passed_tell_that_factors_were_proved_and_the_first_person_had_come() {
        Request restored = past(DenyReason.INTERLOCK, List.of(RuleName.SECOND_FACTOR, RuleName.FIRST_CARD))
                .restored(policy);
        assertThat(restored.extras().proved()).contains(AccessMethod.PIN, AccessMethod.FACE, AccessMethod.FINGERPRINT);
        assertThat(restored.site().first()).isTrue();
        assertThat(past(DenyReason.INTERLOCK, List.of()).restored(policy).site().first())
                .isFalse();
    }

    @Test
    void a_grant_whose_last_rule_is_the_mode_was_an_order_and_one_that_ends_with_fire_was_fire() {
        assertThat(past(DenyReason.NONE, List.of(RuleName.FIRE, RuleName.GENUINE, RuleName.POINT_MODE))
                        .restored(policy)
                        .state())
                .isEqualTo(PointState.of(PointMode.UNLOCKED));
        assertThat(past(DenyReason.NONE, List.of(RuleName.FIRE))
                        .restored(policy)
                        .site()
                        .fire()
                        .has(9))
                .isTrue();
        assertThat(past(DenyReason.NONE, List.of(RuleName.FIRE, RuleName.INTERLOCK))
                        .restored(policy)
                        .site()
                        .fire()
                        .has(9))
                .isFalse();
    }

    @Test
    void what_proved_nothing_is_presented_as_that() {
        assertThat(unproved(DenyReason.NOT_GENUINE)).isEqualTo(new Presented.NotGenuine(AccessMethod.SEALED));
        for (DenyReason reason :
                List.of(DenyReason.CARD_ERROR, DenyReason.SAM_MISSING, DenyReason.METHOD_NOT_ALLOWED)) {
            assertThat(unproved(reason)).isEqualTo(new Presented.Unread(AccessMethod.SEALED, reason));
        }
        assertThat(unproved(DenyReason.LOCKED_DOWN))
                .isEqualTo(new Presented.Unread(AccessMethod.SEALED, DenyReason.UNKNOWN_CREDENTIAL));
    }

    @Test
    void evidence_that_cannot_be_read_is_no_certificate() {
        AccessEvent event = event(DenyReason.NONE, Optional.of(CARD), List.of(), Octets.of(new byte[] {9, 9, 9}));
        Request request = new PastRequest(DOOR, event, T, ClockQuality.HELD).quiet();
        assertThat(((Presented.Genuine) request.presented()).certificate()).isEqualTo(Presented.Genuine.NO_CERTIFICATE);
    }

    @Test
    void a_point_that_is_on_no_list_is_restored_without_place() {
        AccessEvent event = event(DenyReason.ANTI_PASSBACK, Optional.of(CARD), List.of(), Octets.EMPTY);
        Request restored = new PastRequest(new PointId(99), event, T, ClockQuality.HELD).restored(policy);
        assertThat(restored.site().holderArea()).isEqualTo(1);
    }

    private static Presented genuine() {
        return new Presented.Genuine(
                CARD, AccessMethod.SEALED, CarrierLevel.SEALED_CARD, Presented.Genuine.NO_CERTIFICATE);
    }

    private static Presented unproved(DenyReason reason) {
        AccessEvent event = event(reason, Optional.empty(), List.of(), Octets.EMPTY);
        return new PastRequest(DOOR, event, T, ClockQuality.HELD).quiet().presented();
    }

    private static PastRequest past(DenyReason reason, List<RuleName> passed) {
        return new PastRequest(DOOR, event(reason, Optional.of(CARD), passed, Octets.EMPTY), T, ClockQuality.HELD);
    }

    private static AccessEvent event(
            DenyReason reason, Optional<CredentialNumber> card, List<RuleName> passed, Octets evidence) {
        return new AccessEvent(
                reason == DenyReason.NONE ? Outcome.GRANTED : Outcome.DENIED,
                reason,
                card,
                AccessMethod.SEALED,
                CarrierLevel.SEALED_CARD,
                new ListVersion(1, 1),
                passed.stream().map(rule -> Integer.toUnsignedLong(rule.code())).toList(),
                evidence);
    }
}
