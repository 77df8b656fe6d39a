package io.zhitong.uhppote.message;

import static io.zhitong.uhppote.message.Wire.answers;
import static io.zhitong.uhppote.message.Wire.asks;
import static io.zhitong.uhppote.message.Wire.frame;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Frames: uhppote-core, messages/put_card_test.go and get_card_test.go; uhppoted-lib-python, stub.py and test_encode.py. */
final class CardMessagesTest {
    private static final long BOARD = 405419896;

    private static BoardCard card(long number, String from, String to, List<Integer> doors, int pin) {
        return new BoardCard(number, Optional.of(LocalDate.parse(from)), Optional.of(LocalDate.parse(to)), doors, pin);
    }

    @Test
    void a_card_is_number_days_four_permissions_and_a_pin() {
        PutCard put = new PutCard(BOARD, card(10058400, "2025-01-01", "2025-12-31", List.of(1, 0, 17, 1), 999999));
        asks(put, PutCard::decode, "17500000 78372a18 a07a9900 20250101 20251231 01001101 3f420f");
        answers(new Done(Function.PUT_CARD, BOARD, true), put, "17500000 78372a18 01");
        answers(new Done(Function.PUT_CARD, BOARD, false), put, "17500000 78372a18");
    }

    @Test
    void a_card_without_pin_leaves_its_bytes_zero() {
        asks(
                new PutCard(423187757, card(6154412, "2019-01-02", "2019-12-31", List.of(1, 0, 29, 1), 0)),
                PutCard::decode,
                "17500000 2d553919 ace85d00 20190102 20191231 01001d01");
    }

    @Test
    void a_card_is_read_back_by_number() {
        GetCard get = new GetCard(BOARD, 8165538);
        asks(get, GetCard::decode, "175a0000 78372a18 a2987c00");
        BoardCard held = card(8165538, "2023-01-01", "2023-12-31", List.of(1, 0, 29, 1), 7531);
        answers(
                new CardAnswer(Function.GET_CARD, BOARD, Optional.of(held), false),
                get,
                "175a0000 78372a18 a2987c00 20230101 20231231 01001d01 6b1d");
        answers(new CardAnswer(Function.GET_CARD, BOARD, Optional.empty(), false), get, "175a0000 78372a18");
    }

    @Test
    void a_card_is_read_back_by_place_and_a_deleted_one_leaves_ffffffff() {
        asks(new GetCardAt(423187757, 4), GetCardAt::decode, "175c0000 2d553919 04000000");
        BoardCard held = card(6154412, "2019-02-03", "2019-12-29", List.of(0, 0, 29, 1), 986532);
        answers(
                new CardAnswer(Function.GET_CARD_AT, 423187757, Optional.of(held), false),
                new GetCardAt(423187757, 4),
                "175c0000 2d553919 ace85d00 20190203 20191229 00001d01 a40d0f");
        answers(
                new CardAnswer(Function.GET_CARD_AT, BOARD, Optional.empty(), true),
                new GetCardAt(BOARD, 10002),
                "175c0000 78372a18 ffffffff");
        answers(
                new CardAnswer(Function.GET_CARD_AT, BOARD, Optional.empty(), false),
                new GetCardAt(BOARD, 10001),
                "175c0000 78372a18");
    }

    @Test
    void a_card_with_days_that_are_none_is_read_without_them() {
        CardAnswer answer =
                new GetCard(BOARD, 10058400).answer(frame("175a0000 78372a18 a07a9900 20000000 20000000 01010101"));
        assertEquals(Optional.empty(), answer.card().orElseThrow().from());
        assertEquals(Optional.empty(), answer.card().orElseThrow().to());
    }

    @Test
    void cards_are_counted_and_deleted() {
        asks(new CountCards(BOARD), CountCards::decode, "17580000 78372a18");
        answers(new Number(Function.COUNT_CARDS, BOARD, 3), new CountCards(BOARD), "17580000 78372a18 03");
        asks(new DeleteCard(BOARD, 8165538), DeleteCard::decode, "17520000 78372a18 a2987c00");
        answers(new Done(Function.DELETE_CARD, BOARD, true), new DeleteCard(BOARD, 1), "17520000 78372a18 01");
        asks(new DeleteAllCards(BOARD), DeleteAllCards::decode, "17540000 78372a18 55aaaa55");
        answers(new Done(Function.DELETE_ALL_CARDS, BOARD, true), new DeleteAllCards(BOARD), "17540000 78372a18 01");
    }

    @Test
    void all_cards_are_not_deleted_without_the_guard_word() {
        DeviceMessagesTest.refusesWithoutGuard(() -> DeleteAllCards.decode(frame("17540000 78372a18")));
    }

    @Test
    void what_no_board_can_hold_is_refused() {
        List<Integer> doors = List.of(0, 0, 0, 0);
        for (long number : new long[] {0, -1, 0xFFFF_FFFFL, 0x1_0000_0000L}) {
            assertThrows(FrameException.class, () -> card(number, "2025-01-01", "2025-12-31", doors, 0));
        }
        assertThrows(FrameException.class, () -> card(1, "2025-01-01", "2025-12-31", doors, 1_000_000));
        assertThrows(FrameException.class, () -> card(1, "2025-01-01", "2025-12-31", List.of(0, 0, 0), 0));
        assertThrows(FrameException.class, () -> card(1, "2025-01-01", "2025-12-31", List.of(0, 0, 0, 255), 0));
        BoardCard good = card(0xFFFF_FFFEL, "2025-01-01", "2025-12-31", List.of(0, 0, 0, 254), 1);
        assertEquals(254, good.permission(4));
        assertThrows(FrameException.class, () -> good.permission(5));
    }

    @Test
    void a_pin_is_not_shown() {
        assertFalse(card(1, "2025-01-01", "2025-12-31", List.of(0, 0, 0, 0), 314159)
                .toString()
                .contains("314159"));
        assertFalse(new SetPasscodes(1, 1, List.of(314159, 0, 0, 0)).toString().contains("314159"));
    }
}
