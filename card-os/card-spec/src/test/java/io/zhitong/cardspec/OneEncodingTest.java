package io.zhitong.cardspec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.MalformedInput;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PrivateKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Layouts of the card under every cut, every changed byte and noise: one value, one encoding; anything else is refused. */
class OneEncodingTest {
    private static final byte[] RECORD = Hex.parse("01060401" + "00004403010100000001" + "00000007" + "440300000043"
            + "4403000000000000" + "00004403000100000009" + "0003" + "000004e2" + "0000222e" + "20270315075118"
            + "17133c5c" + "00");
    private static final Sm2PrivateKey ISSUER = Sm2PrivateKey.generate(RandomSource.secure());

    // ---- purchase record -------------------------------------------------------------------------------------------

    @Test
    void each_cut_and_each_longer_purchase_record_is_malformed() {
        for (int length = 0; length < 130; length++) {
            byte[] other = Arrays.copyOf(RECORD, length);
            if (length != PurchaseRecord.LENGTH) {
                assertThrows(MalformedInput.class, () -> PurchaseRecord.parse(other), length + " bytes");
            }
        }
    }

    @Test
    void each_changed_byte_of_a_purchase_record_is_another_record_or_none() {
        int refused = 0;
        for (int at = 0; at < RECORD.length; at++) {
            for (int value = 0; value < 256; value++) {
                byte[] changed = RECORD.clone();
                changed[at] = (byte) value;
                refused += assertOneRecord(changed, "byte " + at + " = " + value) ? 0 : 1;
            }
        }
        assertEquals(255 + 242 + 254 + 253, refused, "versions, types, algorithms and states that do not exist");
    }

    private static boolean assertOneRecord(byte[] bytes, String what) {
        PurchaseRecord record;
        try {
            record = PurchaseRecord.parse(bytes);
        } catch (MalformedInput refused) {
            return false;
        }
        assertArrayEquals(bytes, record.encode(), what);
        return true;
    }

    @Test
    void purchase_of_nothing_is_no_record() {
        byte[] free = RECORD.clone();
        Arrays.fill(free, 44, 48, (byte) 0);
        assertThrows(MalformedInput.class, () -> PurchaseRecord.parse(free));
    }

    @Test
    void numbers_that_do_not_fit_their_fields_make_no_record() {
        PurchaseRecord good = PurchaseRecord.parse(RECORD);
        for (long[] wrong :
                new long[][] {{-1, 7, 3}, {256, 7, 3}, {1, -1, 3}, {1, 1L << 32, 3}, {1, 7, -1}, {1, 7, 65_536}}) {
            assertThrows(
                    MalformedInput.class,
                    () -> new PurchaseRecord(
                            good.type(),
                            good.algorithm(),
                            (int) wrong[0],
                            good.psamSerial(),
                            wrong[1],
                            good.terminal(),
                            good.issuer(),
                            good.cardSerial(),
                            (int) wrong[2],
                            good.amount(),
                            good.balance(),
                            good.time(),
                            good.tac(),
                            good.state()),
                    Arrays.toString(wrong));
        }
    }

    @Test
    void arrays_given_to_a_record_and_taken_from_it_do_not_change_it() {
        PurchaseRecord record = PurchaseRecord.parse(RECORD);
        for (byte[] part :
                List.of(record.psamSerial(), record.terminal(), record.issuer(), record.cardSerial(), record.tac())) {
            Arrays.fill(part, (byte) 0x55);
        }
        assertArrayEquals(RECORD, record.encode());
        assertFalse(record.toString().contains("17133c5c"));
    }

    // ---- commands and answers --------------------------------------------------------------------------------------

    @Test
    void every_length_of_data_and_every_le_reads_back() {
        for (int length = 0; length <= 255; length++) {
            byte[] data = new byte[length];
            Arrays.fill(data, (byte) 0xA5);
            for (int le : new int[] {CommandApdu.NO_LE, 1, 128, 255, 256}) {
                CommandApdu command = new CommandApdu(0x84, 0xD6, 0x95, 0xFF, data, le);
                byte[] wire = command.encode();
                assertEquals(4 + (length > 0 ? 1 + length : 0) + (le == CommandApdu.NO_LE ? 0 : 1), wire.length);
                CommandApdu read = CommandApdu.parse(wire);
                assertEquals(command, read);
                assertEquals(le, read.le());
                assertArrayEquals(data, read.data());
            }
        }
    }

    @Test
    void noise_is_no_command_or_the_encoding_of_one() {
        Random random = new Random(5);
        int accepted = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] noise = new byte[random.nextInt(300)];
            random.nextBytes(noise);
            if (noise.length > 5 && random.nextBoolean()) {
                noise[4] = (byte) (noise.length - 5 - random.nextInt(2));
            }
            try {
                assertArrayEquals(noise, CommandApdu.parse(noise).encode());
                accepted++;
            } catch (MalformedInput refused) {
                assertTrue(noise.length != 4 && noise.length != 5, "a header alone is a command");
            }
        }
        assertTrue(accepted > 5_000, accepted + " were commands");
    }

    @Test
    void command_that_cannot_stand_on_the_wire_is_not_made() {
        assertThrows(IllegalArgumentException.class, () -> CommandApdu.of(256, 0, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> CommandApdu.of(0, -1, 0, 0));
        assertThrows(
                IllegalArgumentException.class, () -> CommandApdu.of(0, 0, 0, 0).with(new byte[256]));
        assertThrows(
                IllegalArgumentException.class, () -> CommandApdu.of(0, 0, 0, 0).expecting(257));
        assertThrows(
                IllegalArgumentException.class, () -> CommandApdu.of(0, 0, 0, 0).expecting(-2));
    }

    @Test
    void answers_of_every_length_read_back_and_others_are_malformed() {
        for (int length = 0; length < 300; length++) {
            byte[] raw = new byte[length];
            Arrays.fill(raw, (byte) 0x61);
            if (length >= 2 && length <= 258) {
                ResponseApdu answer = ResponseApdu.parse(raw);
                assertEquals(0x6161, answer.sw());
                assertEquals(length - 2, answer.data().length);
                assertArrayEquals(raw, answer.encode());
            } else {
                CardException refused = assertThrows(CardException.class, () -> ResponseApdu.parse(raw));
                assertEquals(CardException.Reason.MALFORMED, refused.reason());
            }
        }
    }

    // ---- reader driver ---------------------------------------------------------------------------------------------

    private static byte[] written(ReaderFrame frame) throws IOException {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        frame.write(new DataOutputStream(wire));
        return wire.toByteArray();
    }

    private static ReaderFrame read(byte[] wire) throws IOException {
        return ReaderFrame.read(new DataInputStream(new ByteArrayInputStream(wire)));
    }

    @ParameterizedTest
    @EnumSource(ReaderFrame.Op.class)
    void each_request_and_each_of_its_answers_travels(ReaderFrame.Op op) throws IOException {
        ReaderFrame request = read(written(ReaderFrame.request(op, "读卡器")));
        assertEquals(op, ReaderFrame.Op.of(request.op()));
        assertEquals("读卡器", new String(request.body(), java.nio.charset.StandardCharsets.UTF_8));
        for (ReaderFrame.Status status : ReaderFrame.Status.values()) {
            ReaderFrame answer = read(written(request.answer(status, new byte[] {7, 8})));
            assertEquals(op.code() | 0x80, answer.op());
            assertEquals(status, answer.status());
            assertArrayEquals(new byte[] {7, 8}, answer.answerBody());
        }
    }

    @Test
    void codes_of_the_driver_are_those_of_the_published_table() {
        assertEquals(
                List.of(1, 2, 3, 4, 5, 6, 7, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17),
                Stream.of(ReaderFrame.Op.values()).map(ReaderFrame.Op::code).toList());
        assertThrows(MalformedInput.class, () -> ReaderFrame.Op.of(0));
        assertThrows(MalformedInput.class, () -> ReaderFrame.Op.of(0x84));
        assertThrows(MalformedInput.class, () -> ReaderFrame.Status.of(6));
        assertThrows(MalformedInput.class, () -> ReaderFrame.Status.of(-1));
    }

    @Test
    void frames_follow_each_other_and_a_cut_one_is_noticed_at_every_place() throws IOException {
        byte[] one = written(ReaderFrame.request(ReaderFrame.Op.APDU, new byte[300]));
        DataInputStream both = new DataInputStream(new ByteArrayInputStream(Hex.parse(Hex.of(one) + Hex.of(one))));
        assertEquals(300, ReaderFrame.read(both).body().length);
        assertEquals(300, ReaderFrame.read(both).body().length);
        assertThrows(EOFException.class, () -> ReaderFrame.read(both));
        for (int cut = 0; cut < one.length; cut++) {
            byte[] torn = Arrays.copyOf(one, cut);
            assertThrows(EOFException.class, () -> read(torn), "cut at " + cut);
        }
    }

    @Test
    void longest_body_travels_and_a_longer_one_is_not_made() throws IOException {
        ReaderFrame longest = ReaderFrame.request(ReaderFrame.Op.LIST, new byte[ReaderFrame.MAX_BODY]);
        assertEquals(ReaderFrame.MAX_BODY, read(written(longest)).body().length);
        assertThrows(
                IllegalArgumentException.class,
                () -> ReaderFrame.request(ReaderFrame.Op.LIST, new byte[ReaderFrame.MAX_BODY + 1]));
        assertThrows(IllegalArgumentException.class, () -> new ReaderFrame(256, new byte[0]));
        assertThrows(MalformedInput.class, () -> new ReaderFrame(0x84, new byte[0]).status());
    }

    // ---- certificate -----------------------------------------------------------------------------------------------

    private static byte[] certificate() {
        byte[] body = AccessCertificate.body(
                AccessCertificate.CARD,
                ISSUER.publicKey(),
                Hex.parse("4403010100000001"),
                Hex.parse("20260101"),
                Hex.parse("20301231"),
                0xABCD,
                Sm2PrivateKey.generate(RandomSource.secure()).publicKey());
        byte[] all = Arrays.copyOf(body, AccessCertificate.LENGTH);
        byte[] signature = Sm2.sign(ISSUER, AccessCertificate.message(body), RandomSource.secure());
        System.arraycopy(signature, 0, all, AccessCertificate.BODY, 64);
        return all;
    }

    @Test
    void fields_of_a_certificate_lie_where_the_manual_says() {
        byte[] raw = certificate();
        AccessCertificate certificate = AccessCertificate.parse(raw);
        assertEquals(AccessCertificate.CARD, certificate.role());
        assertEquals("4403010100000001", Hex.of(Arrays.copyOfRange(raw, 6, 14)));
        assertEquals("4403010100000001", Hex.of(certificate.subject()));
        assertEquals("20260101", Hex.of(certificate.from()));
        assertEquals("20301231", Hex.of(certificate.to()));
        assertEquals("abcd", Hex.of(Arrays.copyOfRange(raw, 22, 24)));
        assertEquals(0xABCD, certificate.number());
        assertArrayEquals(AccessCertificate.hint(ISSUER.publicKey()), certificate.issuerHint());
        assertArrayEquals(raw, certificate.encode());
    }

    @Test
    void no_changed_byte_of_a_certificate_keeps_its_signature() {
        byte[] raw = certificate();
        assertTrue(AccessCertificate.parse(raw).signedBy(ISSUER.publicKey()));
        for (int at = 1; at < raw.length; at++) {
            byte[] changed = raw.clone();
            changed[at] ^= 0x10;
            assertFalse(AccessCertificate.parse(changed).signedBy(ISSUER.publicKey()), "byte " + at);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"20251231", "20310101", "00000000", "99999999"})
    void day_outside_the_validity_is_refused(String day) {
        assertFalse(AccessCertificate.parse(certificate()).validOn(Hex.parse(day)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"20260101", "20280229", "20301231"})
    void first_and_last_day_belong_to_the_validity(String day) {
        assertTrue(AccessCertificate.parse(certificate()).validOn(Hex.parse(day)));
    }

    @Test
    void certificate_of_another_length_or_version_or_off_the_curve_is_malformed() {
        for (int length : new int[] {0, 57, 120, 122}) {
            assertThrows(MalformedInput.class, () -> AccessCertificate.parse(Arrays.copyOf(certificate(), length)));
        }
        byte[] second = certificate();
        second[0] = 2;
        assertThrows(MalformedInput.class, () -> AccessCertificate.parse(second));
        byte[] noPoint = certificate();
        noPoint[24] = 5;
        assertThrows(
                MalformedInput.class, () -> AccessCertificate.parse(noPoint).publicKey());
    }

    // ---- small codes -----------------------------------------------------------------------------------------------

    @Test
    void key_types_and_transaction_types_have_one_code_each_and_two_texts() {
        Set<Integer> codes = new HashSet<>();
        for (KeyType type : KeyType.values()) {
            assertTrue(codes.add(type.code()));
            assertEquals(type, KeyType.of(type.code()));
            assertFalse(type.zh().isBlank() || type.en().isBlank());
        }
        Set<Integer> ids = new HashSet<>();
        for (TransactionType type : TransactionType.values()) {
            assertTrue(ids.add(type.id()));
            assertEquals(type, TransactionType.of(type.id()));
            assertFalse(type.zh().isBlank() || type.en().isBlank());
        }
        IntStream.range(0, 256)
                .filter(code -> !codes.contains(code))
                .forEach(code -> assertThrows(MalformedInput.class, () -> KeyType.of(code)));
        IntStream.range(0, 256)
                .filter(id -> !ids.contains(id))
                .forEach(id -> assertThrows(MalformedInput.class, () -> TransactionType.of(id)));
    }

    @Test
    void algorithms_have_the_identifiers_of_the_standard() {
        assertEquals(CardAlgorithm.TRIPLE_DES, CardAlgorithm.of(0));
        assertEquals(CardAlgorithm.TRIPLE_DES, CardAlgorithm.of(1));
        assertEquals(CardAlgorithm.SM4, CardAlgorithm.of(4));
        for (int id : new int[] {2, 3, 5, 0x80, 0xFF, -1}) {
            assertThrows(MalformedInput.class, () -> CardAlgorithm.of(id));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00000000000000",
                "20260229120000",
                "20261301000000",
                "20260100000000",
                "20260101240000",
                "20260101006000",
                "20260101000060",
                "2026010a000000",
                "ffffffffffffff"
            })
    void bytes_that_are_no_time_of_the_calendar_are_kept_but_not_read(String hex) {
        CardTime time = new CardTime(Hex.parse(hex));
        assertEquals(hex, time.toString());
        assertThrows(MalformedInput.class, time::toLocal);
    }
}
