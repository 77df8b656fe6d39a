package io.zhitong.cos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.smcrypto.Hex;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every status word of docs/card.md that this card answers, provoked; none of them changes the card. */
class StatusWordTest {

    private final Bench purse = Purses.personalise(Bench.blank());

    /** Frames to a card with an MF and a purse application that is selected and holds no money. */
    @ParameterizedTest
    @CsvSource({
        "SELECT by the next occurrence,            00A40402 09 A00000000386980701, 6A86",
        "SELECT under secure messaging,            04A40000 02 3F00, 6E00",
        "SELECT of the log with an answer,         00A40000 02 0018 10, 6700",
        "READ BINARY of the log,                   00B09800 17, 6981",
        "READ BINARY of a purse,                   00B08200 00, 6981",
        "READ BINARY by SFI 0,                     00B08000 00, 6A86",
        "READ BINARY with data,                    00B09500 02 0000 00, 6700",
        "READ BINARY of more than there is,        00B09500 1F, 6C1E",
        "READ BINARY behind the end,               00B0951E 01, 6B00",
        "READ BINARY with MAC of an open file,     04B09500 04 00000000 08, 6985",
        "UPDATE BINARY with MAC of an open file,   04D69500 05 A100000000, 6985",
        "UPDATE BINARY across the end,             00D6951D 02 A1A2, 6B00",
        "READ RECORD without number mode,          00B201C0 00, 6A86",
        "READ RECORD 0,                            00B200C4 00, 6A83",
        "READ RECORD of an empty log,              00B201C4 17, 6A83",
        "READ RECORD of a binary file,             00B201AC 00, 6981",
        "READ RECORD with MAC of an open file,     04B201C4 04 00000000 1B, 6A83",
        "UPDATE RECORD of the log,                 00DC01C4 01 00, 6982",
        "APPEND RECORD to the log,                 00E200C0 01 00, 6982",
        "APPEND RECORD with P1,                    00E201C0 01 00, 6A86",
        "APPEND RECORD to a binary file,           00E200A8 01 00, 6981",
        "GET CHALLENGE of 7,                       00840000 07, 6700",
        "GET CHALLENGE with data,                  00840000 01 00 08, 6700",
        "EXTERNAL AUTHENTICATE unasked,            00820000 08 0102030405060708, 6984",
        "EXTERNAL AUTHENTICATE of 12 bytes,        00820000 0C 000000000000000000000000, 6700",
        "EXTERNAL AUTHENTICATE with P1,            00820100 08 0102030405060708, 6A86",
        "EXTERNAL AUTHENTICATE of no key,          00820007 08 0102030405060708, 6A88",
        "INTERNAL AUTHENTICATE of nothing,         00880001, 6700",
        "INTERNAL AUTHENTICATE by a purchase key,  00880001 10 00000000000000000000000000000000, 6A88",
        "VERIFY without a PIN key,                 00200000 03 123456, 6A88",
        "VERIFY of one digit,                      00200000 01 12, 6700",
        "VERIFY of seven bytes,                    00200000 07 12345678901234, 6700",
        "VERIFY with P1,                           00200100 03 123456, 6A86",
        "CREATE FILE of a kind unknown,            80E00021 07 33 0010 F0F0FF00, 6A80",
        "CREATE FILE of nothing,                   80E00021, 6700",
        "CREATE FILE a second time,                80E00015 07 28 001E F0F0FF00, 6A80",
        "CREATE FILE larger than the card,         80E00021 07 28 7FF0 F0F0FF00, 6A84",
        "ERASE DF with data,                       800E0000 01 00, 6700",
        "ERASE DF with P2,                         800E0001, 6A86",
        "WRITE KEY of no type,                     80D43501 15 35F0F00104 00112233445566778899AABBCCDDEEFF, 6A86",
        "WRITE KEY that is there,                  80D40101 15 3EF0F00104 00112233445566778899AABBCCDDEEFF, 6985",
        "WRITE KEY that is not there,              80D43E31 15 3EF0F00104 00112233445566778899AABBCCDDEEFF, 6A88",
        "WRITE KEY sealed without a challenge,     84D40131 24 00112233445566778899AABBCCDDEEFF00112233445566778899AABBCCDDEEFF00000000, 6984",
        "GET BALANCE of a third purse,             805C0003 04, 6A86",
        "GET BALANCE with P1,                      805C0102 04, 6A86",
        "GET BALANCE of three bytes,               805C0002 03, 6C04",
        "INIT of an unknown kind,                  80500402 0B 01 00000064 440300000001, 6A86",
        "INIT FOR UNLOAD of the purse,             80500502 0B 01 00000064 440300000001, 6A86",
        "INIT FOR CAPP of the deposit,             80500301 0B 01 00000064 440300000001, 6A86",
        "INIT FOR PURCHASE without money,          80500102 0B 01 00000001 440300000001, 9401",
        "INIT FOR CASH without money,              80500201 0B 01 00000001 440300000001, 9401",
        "INIT FOR UNLOAD without money,            80500501 0B 01 00000001 440300000001, 9401",
        "INIT FOR CAPP without money,              80500302 0B 01 00000001 440300000001, 9401",
        "INIT with an unknown key,                 80500102 0B 09 00000000 440300000001, 9403",
        "INIT with another answer length,          80500102 0B 01 00000000 440300000001 10, 6C0F",
        "CREDIT out of nothing,                    80520000 0B 2026112112000000000000, 6901",
        "CREDIT with P2,                           80520001 0B 2026112112000000000000, 6A86",
        "DEBIT out of nothing,                     80540100 0F 000000012026112112000000000000, 6901",
        "DEBIT of an unknown kind,                 80540200 0F 000000012026112112000000000000, 6A86",
        "DEBIT FOR UNLOAD out of nothing,          80540300 0B 2026112112000000000000, 6901",
        "PROVE of a transaction that never was,    805A0006 02 0001, 9406",
        "PROVE of an overdraft,                    805A0007 02 0001, 9406",
        "PROVE of an unknown kind,                 805A0010 02 0001, 6A86",
        "PROVE of one byte,                        805A0006 01 00, 6700",
        "AUTHENTICATE in a purse application,      808A0101 1E 0100000000000000000000000000000000000000000000000000000000000000, 6700",
        "EXCHANGE DISTANCE in a purse application, 808B0000 04 01020304 08, 6985",
        "GENERATE KEY PAIR in a purse application, 84F60000 04 00000000 44, 6985",
        "a PSAM's command on a resident's card,    80700000 1C 00000000000000000000000000000000000000000000000000000000, 6D00",
        "GET RESPONSE,                             00C00000 10, 6D00",
        "class of a logical channel,               01A40000 02 3F00, 6E00",
        "class of GlobalPlatform,                  90500000 08 0102030405060708, 6E00",
        "extended length,                          00B0000000 0010, 6700"
    })
    void refusal_is_the_one_of_the_specification_and_the_card_stays_as_it_was(
            String what, String frame, String answer) {
        String before = purse.dump();
        assertEquals(answer, purse.send(frame), what);
        assertEquals(before, purse.dump(), what);
    }

    @Test
    void file_that_was_not_chosen_answers_6986() {
        purse.ok(Purses.SELECT);
        for (String frame : new String[] {"00B0000000", "00D600000100", "00B2010400", "00E200000100", "00DC01040100"}) {
            assertEquals("6986", purse.send(frame), frame);
        }
    }

    @Test
    void every_truncation_of_every_command_is_refused_and_changes_nothing() {
        String[] frames = {
            "00A4040009A00000000386980701",
            "00D695001E" + Purses.PUBLIC_DATA,
            "80E00021072800100F0F0FF00".replace("0F0F0F", "F0F0F"),
            "80D40102153EF0F00104" + Purses.DPK,
            Purses.initLoad(100),
            "805200000B" + Purses.TIME + "0000000004",
            "805401000F00000001" + Purses.TIME + "0000000008",
            "0088000110" + "00".repeat(16)
        };
        String before = purse.dump();
        for (String frame : frames) {
            for (int bytes = 0; bytes < frame.length() / 2; bytes++) {
                String cut = frame.substring(0, bytes * 2);
                boolean whole = bytes >= 5 && bytes == 5 + Integer.parseInt(frame.substring(8, 10), 16);
                if (!whole) {
                    String answer = purse.send(cut);
                    assertTrue(answer.equals("6700") || bytes <= 5 && answer.startsWith("6"), cut + " → " + answer);
                }
            }
        }
        assertEquals(before, purse.dump());
    }

    /** 9402 is the last word of a counter: the card answers it for ever and moves no money. */
    @Test
    void counters_at_their_end_answer_9402() {
        purse.setPurse(2, 1_000, 0xFFFF, 0, 0);
        purse.ok(Purses.SELECT);
        purse.expect(Purses.initLoad(1), "9402");
        Purses.purchase(purse, 10, 1);
        purse.setPurse(2, 990, 0xFFFF, 0xFFFF, 0);
        purse.ok(Purses.SELECT);
        purse.expect(Purses.initPurchase(1), "9402");
        purse.expect(Purses.initPurchase(1), "9402");
        assertEquals(990, Purses.balance(purse));
    }

    @Test
    void random_source_that_fails_answers_6F00_and_the_card_goes_on_when_it_is_back() {
        AtomicInteger failing = new AtomicInteger(1);
        Bench card = Bench.on(purse.card().nvm(), n -> {
            if (failing.get() == 1) {
                throw new IllegalStateException("planted: no noise");
            }
            return new byte[n];
        });
        card.ok(Purses.SELECT);
        String before = card.dump();
        card.expect("0084000010", "6F00");
        card.expect(Purses.initLoad(100), "6F00");
        assertEquals(before, card.dump());
        failing.set(0);
        card.ok("0084000010");
        Purses.load(card, 100);
        assertEquals(100, Purses.balance(card));
    }

    /** What the card answers has a meaning in both languages: the enum and the card cannot drift apart. */
    @Test
    void every_word_a_fuzzed_card_answers_is_in_the_table() {
        java.util.Random random = new java.util.Random(9);
        Bench card = Purses.personalise(Bench.blank());
        int[] instructions = {
            0xA4, 0xB0, 0xD6, 0xB2, 0xDC, 0xE2, 0x84, 0x82, 0x88, 0x20, 0xE0, 0x0E, 0xD4, 0x5C, 0x50, 0x52, 0x54, 0x5A,
            0x8A, 0x8B, 0xF6, 0x70, 0x01, 0x24, 0x5E, 0x58, 0x7A, 0x7C, 0x7E, 0xCA
        };
        int[] classes = {0x00, 0x04, 0x80, 0x84, 0x90, 0xE0};
        for (int i = 0; i < 5_000; i++) {
            byte[] data = new byte[random.nextInt(24)];
            random.nextBytes(data);
            byte[] frame = new CommandApdu(
                            classes[random.nextInt(classes.length)],
                            instructions[random.nextInt(instructions.length)],
                            random.nextInt(4),
                            random.nextInt(4),
                            data,
                            random.nextInt(257))
                    .encode();
            byte[] answer = card.card().process(frame);
            int sw = (answer[answer.length - 2] & 0xFF) << 8 | answer[answer.length - 1] & 0xFF;
            assertTrue(StatusWord.of(sw).isPresent(), () -> Hex.of(frame) + " → " + Integer.toHexString(sw));
        }
    }

    @Test
    void no_command_of_any_class_and_instruction_brings_anything_but_a_status_word() {
        for (int cla = 0; cla < 256; cla++) {
            for (int ins = 0; ins < 256; ins++) {
                byte[] answer = purse.card().process(new byte[] {(byte) cla, (byte) ins, 0, 0, 0});
                int first = answer[answer.length - 2] & 0xF0;
                assertTrue(first == 0x60 || first == 0x90, () -> Hex.of(Arrays.copyOf(answer, 2)));
            }
        }
    }
}
