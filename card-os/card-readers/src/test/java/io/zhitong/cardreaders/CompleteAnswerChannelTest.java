package io.zhitong.cardreaders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.zhitong.cardspec.CardChannel;
import io.zhitong.cardspec.CardException;
import io.zhitong.smcrypto.Hex;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** T=0 behind one channel, ISO/IEC 7816-4, 5.3.4: what goes to the card for each answer it can give. */
class CompleteAnswerChannelTest {
    private final List<String> sent = new ArrayList<>();

    private CardChannel card(String... answers) {
        return command -> {
            sent.add(Hex.of(command));
            return Hex.parse(answers[Math.min(sent.size(), answers.length) - 1]);
        };
    }

    private String through(CardChannel card, String command) {
        return Hex.of(new CompleteAnswerChannel(card).transceive(Hex.parse(command)));
    }

    @ParameterizedTest(name = "{0} is sent again as {1}")
    @CsvSource({
        // case 2: the Le is replaced
        "00b0950000, 00b0950004",
        "00b09500ff, 00b0950004",
        // case 4: behind the data
        "80500102020a0b00, 80500102020a0b04",
        "80500102020a0b10, 80500102020a0b04",
        // cases 1 and 3 have no Le: it is added, and neither P2 nor the data are touched
        "00a40400, 00a4040004",
        "80500102020a0b, 80500102020a0b04"
    })
    void wrong_le_is_answered_by_the_same_command_with_the_right_one(String command, String again) {
        assertEquals("aabbccdd9000", through(card("6c04", "aabbccdd9000"), command));
        assertEquals(List.of(command, again), sent);
    }

    @Test
    void wrong_le_of_a_get_response_repeats_the_get_response_and_never_the_command() {
        // a debit that is sent twice would be a second debit
        String debit = "805401000f" + "00".repeat(15) + "08";
        assertEquals("0102030405069000", through(card("6108", "6c06", "0102030405069000"), debit));
        assertEquals(List.of(debit, "00c0000008", "00c0000006"), sent);
    }

    @Test
    void rest_of_the_data_is_collected_in_order() {
        assertEquals("0102030405069000", through(card("01026102", "03046102", "05069000"), "00b0950000"));
        assertEquals(List.of("00b0950000", "00c0000002", "00c0000002"), sent);
    }

    @Test
    void refusal_after_the_first_part_is_told_with_what_came_before() {
        assertEquals("01026281", through(card("01026102", "6281"), "00b0950000"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"9000", "6a82", "63c2", "6283", "6f00", "01029000"})
    void other_answers_pass_unchanged_in_one_exchange(String answer) {
        assertEquals(answer, through(card(answer), "00a4000000"));
        assertEquals(1, sent.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "90"})
    void answer_without_a_status_word_is_malformed(String answer) {
        CardException refused = assertThrows(CardException.class, () -> through(card(answer), "00a4000000"));
        assertEquals(CardException.Reason.MALFORMED, refused.reason());
        CardException later = assertThrows(CardException.class, () -> through(card("6102", answer), "00a4000000"));
        assertEquals(CardException.Reason.MALFORMED, later.reason());
    }

    @Test
    void card_that_never_ends_is_left_after_nine_exchanges_whatever_it_answers() {
        Random random = new Random(3);
        for (int round = 0; round < 200; round++) {
            sent.clear();
            new CompleteAnswerChannel(command -> {
                        sent.add(Hex.of(command));
                        byte[] answer = new byte[2 + random.nextInt(4)];
                        random.nextBytes(answer);
                        answer[answer.length - 2] = (byte) (random.nextBoolean() ? 0x61 : 0x6C);
                        return answer;
                    })
                    .transceive(Hex.parse("80500102020a0b10"));
            assertEquals(9, sent.size());
        }
    }

    @Test
    void card_that_leaves_in_the_middle_is_told_as_it_is() {
        CardChannel leaving = command -> {
            if (!sent.isEmpty()) {
                throw new CardException(CardException.Reason.REMOVED, "gone");
            }
            sent.add(Hex.of(command));
            return Hex.parse("01026102");
        };
        CardException gone = assertThrows(CardException.class, () -> through(leaving, "00b0950000"));
        assertEquals(CardException.Reason.REMOVED, gone.reason());
    }
}
