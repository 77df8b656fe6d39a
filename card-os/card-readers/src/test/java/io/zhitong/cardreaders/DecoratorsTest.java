package io.zhitong.cardreaders;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.zhitong.cardspec.CardChannel;
import io.zhitong.cardspec.CardException;
import io.zhitong.smcrypto.Hex;
import java.util.ArrayDeque;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecoratorsTest {
    private static CardChannel script(String... commandsAndAnswers) {
        var rest = new ArrayDeque<>(List.of(commandsAndAnswers));
        return command -> {
            assertEquals(rest.pop(), Hex.of(command));
            return Hex.parse(rest.pop());
        };
    }

    @Test
    void sixty_one_xx_is_collected_by_get_response() {
        var channel = new CompleteAnswerChannel(
                script("80500102", "6103", "00c0000003", "0102036102", "00c0000002", "04059000"));
        assertArrayEquals(Hex.parse("01020304059000"), channel.transceive(Hex.parse("80500102")));
    }

    @Test
    void six_c_xx_repeats_the_command_with_the_length_the_card_asks_for() {
        var channel = new CompleteAnswerChannel(script("00b0950000", "6c04", "00b0950004", "aabbccdd9000"));
        assertArrayEquals(Hex.parse("aabbccdd9000"), channel.transceive(Hex.parse("00b0950000")));
    }

    @Test
    void a_card_that_always_has_more_is_left_after_a_bounded_number_of_exchanges() {
        var count = new int[1];
        var channel = new CompleteAnswerChannel(command -> {
            count[0]++;
            return Hex.parse("006101");
        });
        channel.transceive(Hex.parse("00a40000"));
        assertEquals(9, count[0]);
    }

    @Test
    void the_recorder_keeps_every_byte_and_also_commands_without_an_answer() {
        var channel = new RecordingChannel(command -> {
            if (command[1] == (byte) 0xFF) {
                throw new CardException(CardException.Reason.REMOVED, "gone");
            }
            return Hex.parse("9000");
        });
        channel.transceive(Hex.parse("00a40000"));
        assertThrows(CardException.class, () -> channel.transceive(Hex.parse("00ff0000")));
        assertEquals(2, channel.exchanges().size());
        assertArrayEquals(Hex.parse("9000"), channel.exchanges().get(0).answer());
        assertArrayEquals(Hex.parse("00ff0000"), channel.exchanges().get(1).command());
        assertEquals(0, channel.exchanges().get(1).answer().length);
    }
}
