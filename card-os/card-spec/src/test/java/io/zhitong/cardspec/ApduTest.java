package io.zhitong.cardspec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.MalformedInput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ApduTest {
    @Test
    void the_four_cases_of_a_short_command_encode_and_parse() {
        for (String hex : new String[] {"00a40000", "0084000008", "00a40000023f00", "00a40000023f0000"}) {
            assertEquals(hex, Hex.of(CommandApdu.parse(Hex.parse(hex)).encode()));
        }
        assertEquals(256, CommandApdu.parse(Hex.parse("00a40000023f0000")).le());
        assertEquals(8, CommandApdu.parse(Hex.parse("0084000008")).le());
        assertEquals(CommandApdu.NO_LE, CommandApdu.parse(Hex.parse("00a40000")).le());
    }

    @Test
    void commands_whose_lengths_disagree_are_malformed() {
        for (String hex : new String[] {"", "00a400", "00a40000023f", "00a40000023f000000", "00a40000003f"}) {
            assertThrows(MalformedInput.class, () -> CommandApdu.parse(Hex.parse(hex)), hex);
        }
    }

    @Test
    void the_text_of_a_command_or_an_answer_shows_no_data() {
        CommandApdu command = CommandApdu.of(0, 0x20, 0, 0).with(Hex.parse("123456"));
        assertFalse(command.toString().contains("123456"));
        assertFalse(ResponseApdu.ok(Hex.parse("123456")).toString().contains("123456"));
    }

    @Test
    void an_answer_is_data_and_status_word() {
        ResponseApdu answer = ResponseApdu.parse(Hex.parse("01029000"));
        assertTrue(answer.is(StatusWord.OK));
        assertArrayEquals(new byte[] {1, 2}, answer.expect("READ", 2));
        assertEquals("01029000", Hex.of(answer.encode()));
        CardException wrongLength = assertThrows(CardException.class, () -> answer.expect("READ", 3));
        assertEquals(CardException.Reason.MALFORMED, wrongLength.reason());
        CardException refused =
                assertThrows(CardException.class, () -> ResponseApdu.of(0x63C2).expectOk("VERIFY"));
        assertEquals(0x63C2, refused.sw());
        assertTrue(refused.getMessage().contains("63C2"));
        assertThrows(CardException.class, () -> ResponseApdu.parse(new byte[1]));
    }

    @Test
    void every_status_word_has_one_value_and_two_texts() {
        Set<Integer> seen = new HashSet<>();
        for (StatusWord word : StatusWord.values()) {
            assertTrue(seen.add(word.value()), word.name());
            assertFalse(word.zh().isBlank() || word.en().isBlank());
        }
        assertEquals(StatusWord.TRIES_LEFT, StatusWord.of(0x63C7).orElseThrow());
        assertEquals(StatusWord.MORE_DATA, StatusWord.of(0x6120).orElseThrow());
        assertTrue(StatusWord.of(0x1234).isEmpty());
        assertEquals(0x63C3, StatusWord.triesLeft(3));
        assertThrows(IllegalArgumentException.class, () -> StatusWord.triesLeft(16));
    }

    @Test
    void a_purchase_record_reads_back_and_refuses_other_bytes() {
        PurchaseRecord record = new PurchaseRecord(
                TransactionType.EP_PURCHASE,
                CardAlgorithm.SM4,
                1,
                Hex.parse("00004403010100000001"),
                7,
                Hex.parse("440300000043"),
                Hex.parse("4403000000000000"),
                Hex.parse("00004403000100000009"),
                3,
                1250,
                8750,
                CardTime.of(LocalDateTime.of(2027, 3, 15, 7, 51, 18)),
                Hex.parse("17133c5c"),
                PurchaseRecord.State.PAID);
        byte[] raw = record.encode();
        assertEquals(
                "01060401" + "00004403010100000001" + "00000007" + "440300000043" + "4403000000000000"
                        + "00004403000100000009" + "0003" + "000004e2" + "0000222e" + "20270315075118" + "17133c5c"
                        + "00",
                Hex.of(raw));
        assertEquals(PurchaseRecord.LENGTH, raw.length);
        assertEquals(record, PurchaseRecord.parse(raw));
        assertEquals("4403000100000009", Hex.of(record.cardFactor()));
        raw[63] = 9;
        assertThrows(MalformedInput.class, () -> PurchaseRecord.parse(raw));
        assertThrows(MalformedInput.class, () -> PurchaseRecord.parse(new byte[63]));
        assertThrows(MalformedInput.class, () -> PurchaseRecord.parse(new byte[64]));
    }

    @Test
    void card_time_keeps_strange_bytes_but_makes_no_calendar_time_of_them() {
        CardTime time = CardTime.of(LocalDateTime.of(2027, 12, 31, 23, 59, 59));
        assertEquals("20271231235959", time.toString());
        assertEquals(LocalDateTime.of(2027, 12, 31, 23, 59, 59), time.toLocal());
        assertThrows(MalformedInput.class, () -> new CardTime(Hex.parse("20270230000000")).toLocal());
        assertThrows(MalformedInput.class, () -> new CardTime(new byte[6]));
    }

    @Test
    void credential_numbers_are_eight_bytes_and_order_unsigned() {
        CredentialNumber number = CredentialNumber.parse("4403000112345678");
        assertEquals("4403000112345678", number.toString());
        assertTrue(number.compareTo(CredentialNumber.parse("ff00000000000000")) < 0);
        assertThrows(MalformedInput.class, () -> CredentialNumber.of(new byte[7]));
    }

    @Test
    void reader_frames_travel_whole_and_cut_ones_are_noticed() throws IOException {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        ReaderFrame request = ReaderFrame.request(ReaderFrame.Op.APDU, Hex.parse("0084000008"));
        request.write(new DataOutputStream(wire));
        assertEquals("0006040084000008", Hex.of(wire.toByteArray()));
        ReaderFrame read = ReaderFrame.read(new DataInputStream(new ByteArrayInputStream(wire.toByteArray())));
        assertEquals(4, read.op());
        ReaderFrame answer = read.answer(ReaderFrame.Status.NO_CARD, new byte[] {5});
        assertEquals(0x84, answer.op());
        assertEquals(ReaderFrame.Status.NO_CARD, answer.status());
        assertArrayEquals(new byte[] {5}, answer.answerBody());
        byte[] cut = Hex.parse("00060400");
        assertThrows(EOFException.class, () -> ReaderFrame.read(new DataInputStream(new ByteArrayInputStream(cut))));
        assertThrows(
                MalformedInput.class,
                () -> ReaderFrame.read(new DataInputStream(new ByteArrayInputStream(new byte[2]))));
    }
}
