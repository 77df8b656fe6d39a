package io.zhitong.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.accessmodel.AccessEvent;
import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.Circumstances;
import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.DenyReason;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.Outcome;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointMode;
import io.zhitong.cardspec.CredentialNumber;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What an access event tells of the site, where values are larger than it has room for, or are not there. */
class ReplayTest {

    private static final PointId POINT = new PointId(1);
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final CredentialNumber WANG = new CredentialNumber(0x4403010100000001L);
    private static final Policy EMPTY =
            new Policy(new PolicyLists(ListVersion.NONE, Long.MAX_VALUE, ZoneOffset.UTC, List.of()));

    @Test
    void event_that_tells_nothing_of_the_site_gives_no_request() {
        assertEquals(Optional.empty(), Replay.request(POINT, event(), NOON, ClockQuality.HELD, EMPTY));
    }

    @Test
    void values_beyond_their_fields_are_the_largest_these_hold() {
        SiteState site = new SiteState(
                false, 999, Tally.NONE, Tally.NONE, 65_535, 1L << 40, Long.MAX_VALUE, Tally.NONE, Long.MAX_VALUE);
        Extras extras = new Extras(
                Set.of(), Set.of(), false, Optional.empty(), Optional.empty(), "粤".repeat(11), Extras.NOT_MEASURED);
        Circumstances told = Replay.of(request(100_000, 0xFFFF, extras, site), EMPTY);
        assertEquals(255, told.threat());
        assertEquals(65_535, told.passes());
        assertEquals(0xFFFF_FFFFL, told.silence());
        assertEquals(new Circumstances.Place(65_535, 0xFFFF_FFFFL, 0xFFFF_FFFFL, 0), told.place());
        assertEquals(0xFFFE, told.seen().certificate(), "FFFF is none");
        assertEquals("", told.seen().plate(), "33 bytes are no plate");
    }

    @Test
    void everything_that_came_along_comes_back() {
        Extras extras = new Extras(
                Set.of(AccessMethod.PIN),
                Set.of(AccessMethod.FACE),
                true,
                Optional.of(new CredentialNumber(8)),
                Optional.of(new Extras.Floor(255, true)),
                "粤B12345",
                373);
        SiteState site = new SiteState(true, 2, Tally.NONE, Tally.NONE, SiteState.NOWHERE, 0, 61, Tally.NONE, 60);
        Request asked = new Request(
                POINT,
                new PointState(PointMode.CARD_PIN, 3),
                new Presented.Genuine(WANG, AccessMethod.SEALED, CarrierLevel.SEALED_CARD, 5),
                NOON,
                ClockQuality.HELD,
                4,
                extras,
                site);
        AccessEvent event =
                AccessEvent.decode(event().at(Replay.of(asked, EMPTY)).encode());
        Request again =
                Replay.request(POINT, event, NOON, ClockQuality.HELD, EMPTY).orElseThrow();
        assertEquals(asked.state(), again.state());
        assertEquals(asked.presented(), again.presented());
        assertEquals(extras, again.extras());
        assertEquals(4, again.passes());
        assertEquals(SiteState.NOWHERE, again.site().holderArea());
        assertEquals(61, again.site().ageSeconds());
        assertEquals(60, again.site().silenceSeconds());
        assertTrue(again.site().first());
    }

    @Test
    void what_proved_nothing_comes_back_as_what_it_was() {
        for (DenyReason reason : List.of(DenyReason.CARD_ERROR, DenyReason.SAM_MISSING, DenyReason.PLATE_MISSING)) {
            assertEquals(new Presented.Unread(AccessMethod.FAST, reason), back(reason, List.of()));
        }
        assertEquals(new Presented.NotGenuine(AccessMethod.FAST), back(DenyReason.NOT_GENUINE, List.of()));
        assertEquals(
                new Presented.Unread(AccessMethod.FAST, DenyReason.UNKNOWN_CREDENTIAL),
                back(DenyReason.UNKNOWN_CREDENTIAL, List.of()));
        long genuine = Integer.toUnsignedLong(RuleName.GENUINE.code());
        assertTrue(
                back(DenyReason.UNKNOWN_CREDENTIAL, List.of(genuine)) instanceof Presented.ByCarrier,
                "a tag that is on no list");
    }

    private static Presented back(DenyReason reason, List<Long> rules) {
        Circumstances quiet = Replay.of(request(0, -1, Extras.NONE, SiteState.QUIET), EMPTY);
        AccessEvent event = new AccessEvent(
                        Outcome.DENIED,
                        reason,
                        Optional.empty(),
                        AccessMethod.FAST,
                        CarrierLevel.NONE,
                        ListVersion.NONE,
                        rules,
                        Octets.EMPTY)
                .at(quiet);
        return Replay.request(POINT, event, NOON, ClockQuality.HELD, EMPTY)
                .orElseThrow()
                .presented();
    }

    private static Request request(int passes, int certificate, Extras extras, SiteState site) {
        Presented shown = new Presented.Genuine(WANG, AccessMethod.SEALED, CarrierLevel.SEALED_CARD, certificate);
        return new Request(POINT, PointState.FRESH, shown, NOON, ClockQuality.HELD, passes, extras, site);
    }

    private static AccessEvent event() {
        return new AccessEvent(
                Outcome.GRANTED,
                DenyReason.NONE,
                Optional.of(WANG),
                AccessMethod.SEALED,
                CarrierLevel.SEALED_CARD,
                ListVersion.NONE,
                List.of(),
                Octets.EMPTY);
    }
}
