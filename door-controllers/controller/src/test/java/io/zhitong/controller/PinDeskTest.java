package io.zhitong.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.AlarmEvent;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.DenyReason;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PinHash;
import io.zhitong.accessmodel.PinRecord;
import io.zhitong.accessmodel.PointMode;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.decision.Decision;
import io.zhitong.decision.Presented;
import io.zhitong.smcrypto.Hex;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PinDeskTest {

    private static final CredentialNumber WANG = TestLists.RESIDENT;
    private static final Octets SALT = Octets.of(Hex.parse("0102030405060708"));

    private final TestLists lists = new TestLists();
    private final Happened happened = new Happened();
    private final TestClock clock = new TestClock();
    private final Memories disk = new Memories();
    private final Queue<Runnable> worker = new ArrayDeque<>();
    private final TestSite site = new TestSite(lists::policy, happened, clock, disk);
    private DoorPoint door;
    private PinDesk desk;

    @BeforeEach
    void listed() {
        lists.points(PointMode.CARD_PIN);
        lists.put(ListKind.PINS, List.of(pin("2849")));
        door = site.door(TestLists.GATE);
        desk = desk();
    }

    private PinDesk desk() {
        return new PinDesk(
                lists::policy,
                clock,
                new PointMemory(disk),
                worker::add,
                Runnable::run,
                (point, card) -> door.shown(card));
    }

    private static PinRecord pin(String digits) {
        return new PinRecord(WANG, SALT, 10, PinHash.of(digits.getBytes(StandardCharsets.US_ASCII), SALT, 10));
    }

    @Test
    void card_then_its_pin_opens() {
        card();
        assertEquals("ACCESS_DENIED PIN_MISSING @1", last());
        type("2849");
        assertEquals(
                List.of("ACCESS_GRANTED @1", "pulse 5000 @1"), happened.log().subList(1, 3));
        assertEquals(Map.of(), disk.written());
    }

    @Test
    void pin_then_its_card_opens_too() {
        type("2849");
        card();
        assertEquals("pulse 5000 @1", last());
    }

    @Test
    void pin_after_fifteen_seconds_is_one_without_a_card() {
        card();
        clock.advance(15_000);
        type("2849");
        clock.advance(15_000);
        card();
        assertEquals("ACCESS_DENIED PIN_MISSING @1", last());
        desk.timePassed();
        clock.advance(14_999);
        type("2849");
        assertEquals("pulse 5000 @1", last());
        type("2849");
        assertEquals(4, happened.log().size(), "a card that has passed waits no more");
    }

    @Test
    void pin_of_distress_opens_the_same_way_and_calls_for_help() {
        for (String[] each : new String[][] {{"2849", "2840"}, {"2840", "2841"}}) {
            lists.put(ListKind.PINS, List.of(pin(each[0])));
            happened.forget();
            card();
            type(each[1]);
            assertEquals(
                    List.of("ACCESS_DENIED PIN_MISSING @1", "ACCESS_GRANTED @1", "pulse 5000 @1", "DURESS @1"),
                    happened.log());
            assertEquals(new AlarmEvent(DenyReason.NONE, Optional.of(WANG)), happened.lastAlarm());
            clock.advance(10_000);
            door.timePassed();
        }
    }

    @Test
    void every_other_pin_is_wrong() {
        for (String wrong : List.of("2848", "2850", "28491", "0849")) {
            desk = desk();
            disk.put("pin.4403010100000001", Optional.empty());
            card();
            type(wrong);
            assertEquals(
                    "ACCESS_DENIED PIN_WRONG @1",
                    happened.log().get(happened.log().size() - 1),
                    wrong);
        }
    }

    @Test
    void what_is_no_pin_is_not_even_tried() {
        card();
        for (String nothing : List.of("", "284", "284a", "28 9", "12345678901234567", "２８４９")) {
            desk.typed(TestLists.GATE, nothing);
        }
        assertTrue(worker.isEmpty());
        type("2849");
        assertEquals("pulse 5000 @1", last());
    }

    @Test
    void fourth_wrong_try_waits_and_waits_double_and_longer_than_a_restart() {
        wrong(3);
        card();
        type("2849");
        assertEquals("ACCESS_DENIED PIN_WRONG @1", last(), "the right one is not looked at in the first half minute");
        clock.advance(30_000);
        wrong(1);
        clock.advance(59_999);
        desk = desk();
        assertRefused();
        clock.advance(59_999);
        assertRefused();
        clock.advance(1);
        card();
        type("2849");
        assertEquals("pulse 5000 @1", last());
        assertFalse(disk.written().containsKey("pin.4403010100000001"));
    }

    @Test
    void tries_at_other_keypads_in_the_meantime_count_before_they_are_looked_at() {
        for (int i = 0; i < 4; i++) {
            desk.shown(
                    TestLists.GATE,
                    Shown.of(new Presented.Genuine(WANG, AccessMethod.SEALED, CarrierLevel.SEALED_CARD, 1)));
            desk.typed(TestLists.GATE, "000" + i);
        }
        assertEquals(3, worker.size());
    }

    @Test
    void five_wrong_pins_are_an_alarm_that_names_the_reason_and_the_card() {
        wrong(5);
        assertEquals("NOT_GENUINE_REPEATED @1", last());
        assertEquals(new AlarmEvent(DenyReason.PIN_WRONG, Optional.of(WANG)), happened.lastAlarm());
    }

    @Test
    void card_without_a_pin_on_the_list_stays_denied_for_want_of_one() {
        lists.remove(ListKind.PINS);
        card();
        type("2849");
        assertEquals(List.of("ACCESS_DENIED PIN_MISSING @1"), happened.log());
    }

    @Test
    void too_many_pins_at_once_are_dropped_and_harm_nobody() {
        desk = new PinDesk(
                lists::policy,
                clock,
                new PointMemory(disk),
                task -> {
                    throw new RejectedExecutionException("full");
                },
                Runnable::run,
                (point, card) -> door.shown(card));
        card();
        desk.typed(TestLists.GATE, "2849");
        assertEquals(1, happened.log().size());
    }

    private void wrong(int times) {
        for (int i = 0; i < times; i++) {
            card();
            type("0000");
        }
    }

    private void assertRefused() {
        card();
        desk.typed(TestLists.GATE, "2849");
        assertTrue(worker.isEmpty(), "not looked at");
        assertEquals("ACCESS_DENIED PIN_WRONG @1", withoutAlarm());
    }

    private String withoutAlarm() {
        return happened.log().stream()
                .filter(line -> !line.startsWith("NOT_GENUINE"))
                .reduce("", (before, line) -> line);
    }

    private void card() {
        Shown card = Shown.of(new Presented.Genuine(WANG, AccessMethod.SEALED, CarrierLevel.SEALED_CARD, 1));
        Decision decision = door.shown(card);
        if (decision instanceof Decision.Deny deny && deny.reason() == DenyReason.PIN_MISSING) {
            desk.shown(TestLists.GATE, card);
        }
        worked();
    }

    private void type(String digits) {
        desk.typed(TestLists.GATE, digits);
        worked();
    }

    private void worked() {
        for (Runnable task = worker.poll(); task != null; task = worker.poll()) {
            task.run();
        }
    }

    private String last() {
        return happened.log().get(happened.log().size() - 1);
    }
}
