package io.zhitong.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.AccessRecord;
import io.zhitong.accessmodel.AlarmEvent;
import io.zhitong.accessmodel.AntiPassback;
import io.zhitong.accessmodel.AreaRecord;
import io.zhitong.accessmodel.Carrier;
import io.zhitong.accessmodel.CarrierKind;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.CredentialStatus;
import io.zhitong.accessmodel.DenyReason;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.OfflinePolicy;
import io.zhitong.accessmodel.PointKind;
import io.zhitong.accessmodel.PointMode;
import io.zhitong.accessmodel.PointModes;
import io.zhitong.accessmodel.PointPlace;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.accessmodel.PointTimes;
import io.zhitong.accessmodel.StalePolicy;
import io.zhitong.accessmodel.Trait;
import io.zhitong.accessmodel.Validity;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.decision.Decision;
import io.zhitong.decision.Extras;
import io.zhitong.decision.Presented;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Plates and tags stand for credentials at a door too: who is inside, who has used up passes, whom an alarm names. */
class CarriersAtDoorsTest {

    private static final int LOT = 3;
    private static final CredentialNumber CAR = CredentialNumber.parse("4403010100000021");
    private static final Octets TAG = Octets.of(new byte[] {1, 2, 3, 4});
    private static final String PLATE = "粤B12345";

    private final TestLists lists = new TestLists();
    private final Happened happened = new Happened();
    private final TestClock clock = new TestClock();
    private final TestSite site = new TestSite(lists::policy, happened, clock, new Memories());

    @BeforeEach
    void listed() {
        lane(PointMode.NORMAL, PointKind.DOOR);
        access(AccessRecord.UNLIMITED);
        lists.areas(new AreaRecord(LOT, AntiPassback.HARD, 0, 0, StalePolicy.DECIDE, 60, "车库"));
    }

    private void lane(PointMode mode, PointKind kind) {
        lists.points(PointRecord.of(
                        TestLists.GATE,
                        kind,
                        Set.of(AccessMethod.SEALED, AccessMethod.NUMBER, AccessMethod.PLATE),
                        CarrierLevel.NONE,
                        PointTimes.of(5_000, 0),
                        "车库入口")
                .with(PointModes.of(mode))
                .with(new PointPlace(0, LOT, 0, 255))
                .with(OfflinePolicy.STAFF_ONLY, 0));
    }

    private void access(int uses, Trait... traits) {
        lists.access(new AccessRecord(
                CAR,
                7,
                CredentialStatus.ACTIVE,
                Set.of(traits),
                Validity.ALWAYS,
                uses,
                0,
                List.of(1),
                List.of(
                        new Carrier(CarrierKind.PLATE, CarrierLevel.COPIED_NUMBER, plate()),
                        new Carrier(CarrierKind.TAG, CarrierLevel.COPIED_NUMBER, TAG))));
    }

    private static Octets plate() {
        return Octets.of(PLATE.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void tag_is_written_down_as_its_credential_with_the_level_of_the_list_and_its_holder_is_inside() {
        assertEquals("granted", show(tag(TAG)));
        assertEquals(Optional.of(CAR), happened.lastAccess().credential());
        assertEquals(CarrierLevel.COPIED_NUMBER, happened.lastAccess().level());
        assertEquals(1, site.presence().counts().at(LOT));
        assertEquals("ANTI_PASSBACK", show(card()), "the card of the same person");
    }

    @Test
    void tag_that_stands_for_nobody_is_unknown_and_nobody_is_written_down() {
        assertEquals("UNKNOWN_CREDENTIAL", show(tag(Octets.of(new byte[4]))));
        assertEquals(Optional.empty(), happened.lastAccess().credential());
        assertEquals(CarrierLevel.NONE, happened.lastAccess().level());
    }

    @Test
    void passes_by_tag_and_by_card_are_counted_together() {
        lists.areas();
        access(2);
        assertEquals("granted", show(tag(TAG)));
        assertEquals("granted", show(card()));
        assertEquals("USES_EXHAUSTED", show(tag(TAG)));
        assertEquals(2, happened.lastAccess().site().orElseThrow().passes(), "and the record says how many there were");
    }

    @Test
    void plate_that_is_not_the_card_s_is_an_alarm_of_its_own() {
        lane(PointMode.CARD_PLATE, PointKind.LANE);
        assertEquals("granted", show(card().with(seen(PLATE))));
        assertEquals("PLATE_MISMATCH", show(card().with(seen("粤B99999"))));
        assertEquals("PLATE_MISMATCH @1", happened.log().get(happened.log().size() - 1));
        assertEquals(new AlarmEvent(DenyReason.PLATE_MISMATCH, Optional.of(CAR)), happened.lastAlarm());
        assertEquals("PLATE_MISSING", show(card()));
    }

    @Test
    void plate_alone_opens_a_lane_and_the_record_says_that_it_was_alone() {
        lane(PointMode.NORMAL, PointKind.LANE);
        Shown plate = Shown.of(new Presented.ByPlate(AccessMethod.PLATE)).with(seen(PLATE));
        assertEquals("granted", show(plate));
        assertEquals(Optional.of(CAR), happened.lastAccess().credential());
        var told = happened.lastAccess().site().orElseThrow().seen();
        assertEquals(PLATE, told.plate());
        assertEquals(true, told.plateAlone());
        assertEquals("UNKNOWN_CREDENTIAL", show(Shown.of(new Presented.ByPlate(AccessMethod.PLATE))));
    }

    @Test
    void first_card_opens_for_everybody_only_when_somebody_came_who_may_be_the_first() {
        lists.areas();
        lists.schedule(7, 19 * 60, 22 * 60); // 20:00 in Shanghai now
        lists.points(TestLists.door(TestLists.GATE)
                .with(new PointModes(PointMode.FIRST_CARD, PointMode.FIRST_CARD, PointModes.NEVER, 7)));
        lists.access(TestLists.person(CAR, 7, Trait.FIRST_PERSON), TestLists.person(TestLists.RESIDENT, 8));
        DoorPoint door = site.door(TestLists.GATE);
        Shown resident =
                Shown.of(new Presented.Genuine(TestLists.RESIDENT, AccessMethod.SEALED, CarrierLevel.SEALED_CARD, 1));
        Shown first = Shown.of(new Presented.Genuine(CAR, AccessMethod.SEALED, CarrierLevel.SEALED_CARD, 1));
        assertEquals("FIRST_CARD_MISSING", reason(door.shown(resident)));
        assertEquals("granted", reason(door.shown(first)));
        assertEquals("hold @1", happened.log().get(happened.log().size() - 1));
        assertEquals("granted", reason(door.shown(resident)));
        clock.advance(2 * 3_600_000);
        door.timePassed();
        assertEquals("FIRST_CARD_MISSING", reason(door.shown(resident)), "22:00: the window is over");
    }

    private static Extras seen(String plate) {
        Extras none = Extras.NONE;
        return new Extras(
                none.proved(), none.wrong(), false, none.companion(), none.floor(), plate, Extras.NOT_MEASURED);
    }

    private static Shown tag(Octets value) {
        return Shown.of(new Presented.ByCarrier(CarrierKind.TAG, value, AccessMethod.NUMBER));
    }

    private static Shown card() {
        return Shown.of(new Presented.Genuine(CAR, AccessMethod.SEALED, CarrierLevel.SEALED_CARD, 1));
    }

    private String show(Shown shown) {
        DoorPoint door = site.doors().at(TestLists.GATE).orElseGet(() -> site.door(TestLists.GATE));
        String reason = reason(door.shown(shown));
        clock.advance(10_000);
        return reason;
    }

    private static String reason(Decision decision) {
        return decision instanceof Decision.Deny deny ? deny.reason().name() : "granted";
    }
}
