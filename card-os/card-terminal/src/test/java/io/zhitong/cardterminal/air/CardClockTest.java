package io.zhitong.cardterminal.air;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.zhitong.cardspec.CardException;
import io.zhitong.smcrypto.Hex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Milliseconds computed by hand from ISO/IEC 14443: a bit 128 cycles of 13.56 MHz, a byte 9 bits, a frame 2 more. */
class CardClockTest {
    private static final double EXACT = 0.0005;

    private static Tally oneExchange(int command, int answer) {
        CardClock clock = CardClock.around(ignored -> new byte[answer]);
        byte[] apdu = new byte[command];
        apdu[4] = (byte) (command - 5);
        clock.transceive(apdu);
        return clock.take();
    }

    @Test
    void an_exchange_counts_bytes_of_both_sides_and_three_around_each_block() {
        assertEquals(new Tally(1, 15, 2, 21, ChipWork.NONE), oneExchange(5, 10));
    }

    @Test
    void a_long_answer_is_chained_and_each_block_but_the_last_acknowledged() {
        // 253 bytes fit one block of 256; 254 take two blocks and one acknowledgement
        assertEquals(new Tally(1, 258, 2, 264, ChipWork.NONE), oneExchange(5, 253));
        assertEquals(new Tally(1, 259, 4, 271, ChipWork.NONE), oneExchange(5, 254));
        assertEquals(new Tally(1, 263, 4, 275, ChipWork.NONE), oneExchange(254, 9));
    }

    @Test
    void a_command_whose_answer_never_came_is_counted_too() {
        CardClock clock = CardClock.around(command -> {
            throw new CardException(CardException.Reason.REMOVED, "the card left");
        });
        assertThrows(CardException.class, () -> clock.transceive(Hex.parse("00840000")));
        assertEquals(new Tally(1, 4, 1, 7, ChipWork.NONE), clock.take());
    }

    @Test
    void taking_the_count_begins_anew() {
        CardClock clock = CardClock.around(command -> Hex.parse("9000"));
        clock.transceive(Hex.parse("00840000"));
        assertEquals(1, clock.take().exchanges());
        assertEquals(Tally.NONE, clock.take());
    }

    /** (2 frames x 2 bits + 21 bytes x 9 bits) x 128 / 13.56 + 2 x 1236 / 13.56 microseconds. */
    @ParameterizedTest
    @CsvSource({"KBIT_106, 2.0041", "KBIT_212, 1.0932", "KBIT_424, 0.6377", "KBIT_848, 0.4100"})
    void frames_shrink_with_the_rate_and_the_delays_stay(AirRate rate, double millis) {
        assertEquals(millis, AirLink.USUAL.exchangeMillis(oneExchange(5, 10), rate), EXACT);
    }

    @Test
    void activation_lasts_four_point_six_milliseconds_and_two_more_with_a_longer_uid() {
        double usual = AirLink.USUAL.activationMillis(AirRate.KBIT_106);
        assertEquals(4.60, usual, 0.01);
        assertEquals(2.05, new AirLink(2, 16).activationMillis(AirRate.KBIT_106) - usual, 0.01);
        // PPS 5 bytes there, 3 back: (2 x 2 + 8 x 9) x 128 / 13.56 + 2 x 1236 / 13.56
        assertEquals(0.900, AirLink.USUAL.activationMillis(AirRate.KBIT_424) - usual, EXACT);
    }

    @Test
    void log_line_says_what_was_counted_and_how_long_it_takes() {
        // activation 4.601 and 5.501 ms, the exchange 2.004 and 0.410 ms
        assertEquals("exchanges=1 bytes=15 at106=6.6ms at848=5.9ms", AirLink.USUAL.report(oneExchange(5, 10)));
    }

    @Test
    void impossible_links_lines_and_chips_are_refused() {
        assertThrows(IllegalArgumentException.class, () -> new AirLink(0, 16));
        assertThrows(IllegalArgumentException.class, () -> new AirLink(4, 16));
        assertThrows(IllegalArgumentException.class, () -> new AirLink(1, 0));
        assertThrows(IllegalArgumentException.class, () -> new ContactLine(0));
        assertThrows(IllegalArgumentException.class, () -> new ChipModel(-1, 0, 0, 0));
    }

    @Test
    void chip_time_is_the_sum_of_its_parts() {
        var tally = new Tally(3, 0, 0, 0, new ChipWork(10, 2, 7));
        assertEquals(3 * 0.1 + 10 * 0.02 + 2 * 30 + 7 * 1.5, new ChipModel(100, 20, 30_000, 1500).millis(tally), EXACT);
    }

    @Test
    void contacts_take_eleven_units_a_character_and_four_characters_around_a_block() {
        // 34 + 10 and 9 + 2 bytes, 4 blocks
        var tally = new Tally(2, 55, 0, 0, ChipWork.NONE);
        assertEquals(81.354, new ContactLine(9600).millis(tally), EXACT);
        assertEquals(6.780, new ContactLine(115_200).millis(tally), EXACT);
    }

    /** MAC inputs of docs/card.md in blocks of 16, padded always: 4 bytes 1, 17 and 22 bytes 2, 15 bytes 1, 24 bytes 2. */
    @ParameterizedTest
    @CsvSource({
        "80500102 0b 0100000001440300000043 0f, 0, 0",
        "80500002 0b 0100000001440300000043 10, 2, 0",
        "80520000 0b 2026112112000000000000 04, 4, 0",
        "80540100 0f 000000012026112112000000000000 08, 6, 0",
        "805c0002 04, 0, 0",
        "80700000 04 00000000, 4, 0",
        "80720000 04 00000000, 1, 0",
        "808a0101 04 00000000 00, 8, 0",
        "808a0000 04 00000000 00, 14, 3",
    })
    void commands_ask_this_much_of_a_chip(String command, int blocks, int multiplications) {
        CardClock clock = CardClock.around(apdu -> Hex.parse("9000"));
        clock.transceive(Hex.parse(command.replace(" ", "")));
        assertEquals(new ChipWork(blocks, multiplications, 0), clock.take().work());
    }

    @Test
    void memory_operations_are_the_chips_own_count() {
        long[] count = {1000};
        CardClock clock = new CardClock(
                command -> {
                    count[0] += 5;
                    return Hex.parse("9000");
                },
                () -> count[0]);
        clock.transceive(Hex.parse("00840000"));
        clock.transceive(Hex.parse("00840000"));
        assertEquals(10, clock.take().work().writes());
    }
}
