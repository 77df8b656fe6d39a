package io.zhitong.uhppote.message;

import static io.zhitong.uhppote.message.Wire.answers;
import static io.zhitong.uhppote.message.Wire.asks;
import static io.zhitong.uhppote.message.Wire.frame;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.zhitong.smcrypto.Hex;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Frames: uhppoted-lib-python, stub.py and test_decode.py; reasons: uhppoted 0.7.2, src/lookup.js. */
final class EventMessagesTest {
    private static final long BOARD = 405419896;

    @Test
    void an_event_is_read_by_its_index() {
        asks(new GetEvent(BOARD, 29), GetEvent::decode, "17b00000 78372a18 1d000000");
        BoardEvent event =
                new BoardEvent(29, 2, true, 1, 1, 0, Optional.of(LocalDateTime.of(2019, 8, 3, 10, 34, 29)), 0);
        answers(
                new EventAnswer(BOARD, Optional.of(event), false),
                new GetEvent(BOARD, 29),
                "17b00000 78372a18 1d000000 02010101 00000000 20190803103429 00");
        assertEquals("1d000000020101010000000020190803103429 00".replace(" ", ""), Hex.of(event.record()));
    }

    @Test
    void an_event_that_is_not_there_has_index_0_and_an_overwritten_one_type_ff() {
        answers(new EventAnswer(BOARD, Optional.empty(), false), new GetEvent(BOARD, 200), "17b00000 78372a18");
        answers(
                new EventAnswer(201020304, Optional.empty(), true),
                new GetEvent(201020304, 73),
                "17b00000 9053fb0b 00000000 ff");
    }

    @Test
    void an_event_of_a_type_nobody_published_is_read_all_the_same() {
        BoardEvent event = new GetEvent(BOARD, 10001)
                .answer(frame("17b00000 78372a18 11270000 20010101 eaaccde9 20000000000000 2c"))
                .event()
                .orElseThrow();
        assertEquals(new BoardEvent(10001, 32, true, 1, 1, 3922570474L, Optional.empty(), 44), event);
    }

    @Test
    void the_read_mark_is_told_and_set_with_the_guard_word() {
        asks(new GetEventIndex(BOARD), GetEventIndex::decode, "17b40000 78372a18");
        answers(new Number(Function.GET_EVENT_INDEX, BOARD, 23), new GetEventIndex(BOARD), "17b40000 78372a18 17");
        SetEventIndex set = new SetEventIndex(BOARD, 29);
        asks(set, SetEventIndex::decode, "17b20000 78372a18 1d000000 55aaaa55");
        answers(new Done(Function.SET_EVENT_INDEX, BOARD, true), set, "17b20000 78372a18 01");
        DeviceMessagesTest.refusesWithoutGuard(() -> SetEventIndex.decode(frame("17b20000 78372a18 1d000000")));
    }

    @Test
    void leaves_and_buttons_are_recorded_on_demand() {
        asks(new RecordSpecialEvents(BOARD, true), RecordSpecialEvents::decode, "178e0000 78372a18 01");
        answers(
                new Done(Function.RECORD_SPECIAL_EVENTS, BOARD, true),
                new RecordSpecialEvents(BOARD, true),
                "178e0000 78372a18 01");
    }

    @Test
    void reasons_have_words_in_both_languages_and_codes_of_their_own() {
        for (BoardReason reason : BoardReason.values()) {
            assertEquals(reason, BoardReason.of(reason.code()));
            assertEquals(false, reason.chinese().isBlank() || reason.english().isBlank());
        }
        assertEquals(BoardReason.OTHER, BoardReason.of(250));
        assertEquals(BoardReason.FORCED, BoardReason.of(38));
    }

    @Test
    void functions_have_codes_of_their_own_and_those_that_act_are_not_repeated() {
        for (Function function : Function.values()) {
            assertEquals(function, Function.of(function.code()));
        }
        assertEquals(
                java.util.List.of(
                        Function.SET_TIME,
                        Function.OPEN_DOOR,
                        Function.SET_ADDRESS,
                        Function.ADD_TASK,
                        Function.RESTORE_DEFAULTS),
                Arrays.stream(Function.values())
                        .filter(each -> !each.repeatable())
                        .toList());
        assertThrows(FrameException.class, () -> Function.of(0xAE));
    }
}
