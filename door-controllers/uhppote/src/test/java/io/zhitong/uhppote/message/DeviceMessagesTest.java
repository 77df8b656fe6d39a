package io.zhitong.uhppote.message;

import static io.zhitong.uhppote.message.Wire.answers;
import static io.zhitong.uhppote.message.Wire.asks;
import static io.zhitong.uhppote.message.Wire.frame;
import static io.zhitong.uhppote.message.Wire.ip;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.zhitong.accessmodel.Octets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Frames as seen on the wire: uhppote-core, messages/*_test.go (boards 423187757, 223336677) and uhppoted-lib-python,
 * integration-tests/uhppoted/stub.py and tests/uhppoted (board 405419896).
 */
final class DeviceMessagesTest {
    private static final long BOARD = 405419896;

    @Test
    void every_board_is_asked_who_it_is_with_serial_0() {
        asks(new GetDevice(0), GetDevice::decode, "17940000 00000000");
        asks(new GetDevice(BOARD), GetDevice::decode, "17940000 78372a18");
    }

    @Test
    void a_board_says_address_mac_and_firmware() {
        answers(
                new DeviceAnswer(
                        BOARD,
                        ip("192.168.1.100"),
                        ip("255.255.255.0"),
                        ip("192.168.1.1"),
                        Octets.of(new byte[] {0x00, 0x12, 0x23, 0x34, 0x45, 0x56}),
                        892,
                        Optional.of(LocalDate.of(2018, 11, 5))),
                new GetDevice(BOARD),
                "17940000 78372a18 c0a80164 ffffff00 c0a80101 001223344556 0892 20181105");
    }

    @Test
    void a_new_address_carries_the_guard_word_and_is_not_answered() {
        // Bytes of uhppoted 0.7.2, src/encoder.js: address, mask, gateway, 55aaaa55.
        String frame = "17960000 78372a18 c0a80164 ffffff00 c0a80101 55aaaa55";
        SetAddress set = new SetAddress(BOARD, ip("192.168.1.100"), ip("255.255.255.0"), ip("192.168.1.1"));
        asks(set, SetAddress::decode, frame);
        assertEquals(new NoAnswer(Function.SET_ADDRESS, BOARD), set.answer(frame(frame)));
        assertThrows(IllegalStateException.class, () -> new NoAnswer(Function.SET_ADDRESS, BOARD).encode());
        refusesWithoutGuard(() -> SetAddress.decode(frame("17960000 78372a18 c0a80164 ffffff00 c0a80101")));
    }

    @Test
    void the_clock_is_read_and_set_in_decimal_digits() {
        asks(new GetTime(BOARD), GetTime::decode, "17320000 78372a18");
        answers(
                new BoardTime(Function.GET_TIME, BOARD, Optional.of(LocalDateTime.of(2021, 5, 28, 13, 51, 30))),
                new GetTime(BOARD),
                "17320000 78372a18 20210528135130");
        LocalDateTime set = LocalDateTime.of(2021, 5, 28, 14, 56, 14);
        asks(new SetTime(BOARD, set), SetTime::decode, "17300000 78372a18 20210528145614");
        answers(
                new BoardTime(Function.SET_TIME, BOARD, Optional.of(set)),
                new SetTime(BOARD, set),
                "17300000 78372a18 20210528145614");
    }

    @Test
    void a_board_that_knows_no_time_says_the_year_2000_without_a_day() {
        BoardTime none = new GetTime(BOARD).answer(frame("17320000 78372a18 20000000000000"));
        assertEquals(Optional.empty(), none.time());
        assertThrows(FrameException.class, () -> SetTime.decode(frame("17300000 78372a18")));
    }

    @Test
    void a_status_tells_the_newest_event_and_the_doors() {
        BoardEvent event =
                new BoardEvent(57, 1, false, 3, 1, 6154410, Optional.of(LocalDateTime.of(2019, 4, 19, 17, 0, 9)), 6);
        Status status = new Status(
                423187757,
                Optional.of(event),
                List.of(true, false, true, true),
                List.of(false, false, true, true),
                9,
                Optional.of(LocalDateTime.of(2019, 4, 20, 14, 37, 2)),
                17,
                43,
                4,
                1);
        asks(new GetStatus(423187757), GetStatus::decode, "17200000 2d553919");
        byte[] seen = frame("17200000 2d553919 39000000 01000301 aae85d00 20190419170009 06 01000101 00000101 09 143702"
                + "11000000 21000000 2b0401 190420 0000 93260488 0892");
        assertEquals(status, new GetStatus(423187757).answer(seen));
        answers(
                status,
                new GetStatus(423187757),
                "17200000 2d553919 39000000 01000301 aae85d00 20190419170009 06 01000101 00000101 09 143702"
                        + "11000000 00000000 2b0401 190420");
    }

    @Test
    void a_board_without_events_tells_none() {
        answers(
                new Status(
                        223336677,
                        Optional.empty(),
                        List.of(true, true, false, false),
                        List.of(false, false, false, false),
                        0,
                        Optional.of(LocalDateTime.of(2021, 4, 8, 16, 3, 34)),
                        0,
                        0,
                        0,
                        0),
                new GetStatus(223336677),
                "17200000 e5d84f0d 00000000 00000000 00000000 00000000 00000000 01010000 00000000 00160334"
                        + "00000000 00000000 00000021 0408");
    }

    @Test
    void firmware_6_62_sends_its_events_with_type_19_and_no_other_message() {
        byte[] event =
                frame("19200000 78372a18 4e000000 02010301 a1987c00 20220823094706 2c 00010000 00000001 03 094939"
                        + "00000000 00000000 270709 220823");
        Status status = Status.decode(event);
        assertEquals(78, status.event().orElseThrow().index());
        assertEquals(44, status.event().orElseThrow().reason());
        FrameException refused = assertThrows(
                FrameException.class, () -> new GetTime(BOARD).answer(frame("19320000 78372a18 20210528135130")));
        assertEquals(FrameException.Reason.TYPE, refused.reason());
    }

    @Test
    void an_event_whose_time_the_board_did_not_know_has_none() {
        Status status = Status.decode(frame("17200000 78372a18 4e000000 02010301 a1987c00 20200000000000 2c 00010000"
                + "00000001 03 094939 00000000 00000000 270709 220823"));
        assertEquals(Optional.empty(), status.event().orElseThrow().time());
    }

    @Test
    void a_listener_is_an_address_a_port_and_a_rhythm() {
        asks(new GetListener(BOARD), GetListener::decode, "17920000 78372a18");
        answers(
                new ListenerAnswer(BOARD, ip("192.168.1.100"), 60001, 15),
                new GetListener(BOARD),
                "17920000 78372a18 c0a80164 61ea 0f");
        SetListener set = new SetListener(BOARD, ip("192.168.1.100"), 60001, 15);
        asks(set, SetListener::decode, "17900000 78372a18 c0a80164 61ea 0f");
        answers(new Done(Function.SET_LISTENER, BOARD, true), set, "17900000 78372a18 01");
    }

    @Test
    void back_to_the_factory_s_settings_needs_the_guard_word() {
        asks(new RestoreDefaults(BOARD), RestoreDefaults::decode, "17c80000 78372a18 55aaaa55");
        answers(new Done(Function.RESTORE_DEFAULTS, BOARD, true), new RestoreDefaults(BOARD), "17c80000 78372a18 01");
        refusesWithoutGuard(() -> RestoreDefaults.decode(frame("17c80000 78372a18 54aaaa55")));
    }

    static void refusesWithoutGuard(org.junit.jupiter.api.function.Executable decode) {
        assertEquals(
                FrameException.Reason.VALUE,
                assertThrows(FrameException.class, decode).reason());
    }
}
