package io.zhitong.uhppote.message;

import static io.zhitong.uhppote.message.Wire.answers;
import static io.zhitong.uhppote.message.Wire.asks;
import static io.zhitong.uhppote.message.Wire.frame;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Frames: uhppoted-lib-python, stub.py and test_encode.py; uhppote-core, messages/*_test.go. */
final class DoorMessagesTest {
    private static final long BOARD = 405419896;

    @Test
    void a_door_is_opened_once() {
        asks(new OpenDoor(BOARD, 3), OpenDoor::decode, "17400000 78372a18 03");
        answers(new Done(Function.OPEN_DOOR, BOARD, true), new OpenDoor(BOARD, 3), "17400000 78372a18 01");
    }

    @Test
    void a_door_is_held_open_closed_or_controlled() {
        asks(new GetDoor(BOARD, 3), GetDoor::decode, "17820000 78372a18 03");
        answers(
                new DoorSetting(Function.GET_DOOR, BOARD, 3, DoorControl.CONTROLLED, 7),
                new GetDoor(BOARD, 3),
                "17820000 78372a18 030307");
        SetDoor set = new SetDoor(BOARD, 3, DoorControl.NORMALLY_CLOSED, 4);
        asks(set, SetDoor::decode, "17800000 78372a18 030204");
        answers(
                new DoorSetting(Function.SET_DOOR, BOARD, 3, DoorControl.NORMALLY_CLOSED, 4),
                set,
                "17800000 78372a18 030204");
    }

    @Test
    void anti_passback_is_read_and_set() {
        asks(new GetAntiPassback(BOARD), GetAntiPassback::decode, "17860000 78372a18");
        answers(
                new AntiPassbackAnswer(BOARD, AntiPassback.ODD_EVEN),
                new GetAntiPassback(BOARD),
                "17860000 78372a18 02");
        SetAntiPassback set = new SetAntiPassback(BOARD, AntiPassback.ONE_TO_THREE);
        asks(set, SetAntiPassback::decode, "17840000 78372a18 04");
        answers(new Done(Function.SET_ANTI_PASSBACK, BOARD, true), set, "17840000 78372a18 01");
        assertThrows(FrameException.class, () -> SetAntiPassback.decode(frame("17840000 78372a18 05")));
    }

    @Test
    void interlock_of_four_doors_is_number_8() {
        SetInterlock set = new SetInterlock(BOARD, Interlock.DOORS_1234);
        asks(set, SetInterlock::decode, "17a20000 78372a18 08");
        answers(new Done(Function.SET_INTERLOCK, BOARD, true), set, "17a20000 78372a18 01");
        assertThrows(FrameException.class, () -> SetInterlock.decode(frame("17a20000 78372a18 05")));
    }

    @Test
    void an_interlock_couples_the_doors_it_names() {
        assertTrue(Interlock.DOORS_12_AND_34.couples(1, 2));
        assertTrue(Interlock.DOORS_12_AND_34.couples(4, 3));
        assertFalse(Interlock.DOORS_12_AND_34.couples(2, 3));
        assertFalse(Interlock.DOORS_123.couples(3, 4));
        assertFalse(Interlock.NONE.couples(1, 2));
        assertFalse(Interlock.DOORS_1234.couples(2, 2));
    }

    @Test
    void keypads_are_four_flags() {
        ActivateKeypads set = new ActivateKeypads(BOARD, List.of(true, true, false, true));
        asks(set, ActivateKeypads::decode, "17a40000 78372a18 01010001");
        answers(new Done(Function.ACTIVATE_KEYPADS, BOARD, true), set, "17a40000 78372a18 01");
        assertThrows(FrameException.class, () -> new ActivateKeypads(BOARD, List.of(true)));
    }

    @Test
    void supervisor_codes_are_four_numbers_of_a_door() {
        SetPasscodes set = new SetPasscodes(BOARD, 3, List.of(12345, 0, 999999, 54321));
        asks(set, SetPasscodes::decode, "178c0000 78372a18 03000000 39300000 00000000 3f420f00 31d4");
        answers(new Done(Function.SET_PASSCODES, BOARD, true), set, "178c0000 78372a18 01");
        assertThrows(
                FrameException.class,
                () -> SetPasscodes.decode(frame("178c0000 78372a18 03000000 ffffffff 00000000 00000000 00")));
        assertThrows(FrameException.class, () -> new SetPasscodes(BOARD, 1, List.of(1, 2, 3)));
    }

    @Test
    void a_host_takes_decisions_over_with_the_guard_word() {
        asks(new SetHostControl(423187757, true), SetHostControl::decode, "17a00000 2d553919 55aaaa55 01");
        answers(
                new Done(Function.SET_HOST_CONTROL, 423187757, true),
                new SetHostControl(423187757, true),
                "17a00000 2d553919 01");
        DeviceMessagesTest.refusesWithoutGuard(() -> SetHostControl.decode(frame("17a00000 2d553919 00000000 01")));
    }

    @Test
    void a_first_card_opens_for_all_from_an_hour_to_an_hour() {
        BoardFirstCard rule = new BoardFirstCard(
                LocalTime.of(8, 30),
                DoorControl.NORMALLY_OPEN,
                LocalTime.of(17, 45),
                DoorControl.NORMALLY_CLOSED,
                Set.of(DayOfWeek.MONDAY, DayOfWeek.TUESDAY, DayOfWeek.THURSDAY, DayOfWeek.SATURDAY, DayOfWeek.SUNDAY));
        SetFirstCard set = new SetFirstCard(BOARD, 3, rule);
        asks(set, SetFirstCard::decode, "17aa0000 78372a18 03 0830 01 1745 02 01010001000101");
        answers(new Done(Function.SET_FIRST_CARD, BOARD, true), set, "17aa0000 78372a18 01");
    }

    @Test
    void doors_are_1_to_4() {
        for (int door : new int[] {0, 5, 255}) {
            assertThrows(FrameException.class, () -> new OpenDoor(BOARD, door));
            assertThrows(FrameException.class, () -> new GetDoor(BOARD, door));
            assertThrows(FrameException.class, () -> new SetDoor(BOARD, door, DoorControl.CONTROLLED, 3));
        }
        assertThrows(FrameException.class, () -> OpenDoor.decode(frame("17400000 78372a18 05")));
        assertThrows(FrameException.class, () -> SetDoor.decode(frame("17800000 78372a18 010503")));
        assertThrows(FrameException.class, () -> SetDoor.decode(frame("17800000 78372a18 010003")));
    }

    @Test
    void which_readers_let_in_follows_from_the_mode() {
        assertTrue(AntiPassback.PAIRS.entry(3));
        assertFalse(AntiPassback.PAIRS.entry(4));
        assertFalse(AntiPassback.ONE_TO_THREE.entry(3));
        assertEquals(2, AntiPassback.PAIRS.area(3));
        assertEquals(1, AntiPassback.ODD_EVEN.area(3));
        assertEquals(0, AntiPassback.ONE_TO_TWO.area(4));
        assertEquals(0, AntiPassback.OFF.area(1));
    }
}
