package io.zhitong.cardspec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
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
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** The fixed layouts of cards and readers: each bit counts, each length is right or refused. */
class SpecLayoutTest {

    private static final String PURCHASE = "01060401" + "00004403010100000001" + "00000007" + "440300000043"
            + "4403000000000000" + "00004403000100000009" + "0003" + "000004e2" + "0000222e" + "20270315075118"
            + "17133c5c" + "00";
    private static final Sm2PrivateKey ISSUER = Sm2PrivateKey.of(Hex.parse("11".repeat(32)));
    private static final Sm2PrivateKey CARD = Sm2PrivateKey.of(Hex.parse("22".repeat(32)));

    private static byte[] flipped(byte[] bytes, int bit) {
        byte[] changed = bytes.clone();
        changed[bit / 8] ^= (byte) (1 << bit % 8);
        return changed;
    }

    @Example
    void each_turned_bit_of_a_purchase_record_is_refused_or_another_record() {
        byte[] frame = Hex.parse(PURCHASE);
        PurchaseRecord record = PurchaseRecord.parse(frame);
        for (int bit = 0; bit < frame.length * 8; bit++) {
            byte[] changed = flipped(frame, bit);
            try {
                PurchaseRecord other = PurchaseRecord.parse(changed);
                assertNotEquals(record, other, "bit " + bit);
                assertArrayEquals(changed, other.encode());
            } catch (MalformedInput refused) {
                assertTrue(String.valueOf(refused.getMessage()).startsWith("expected"));
            }
        }
        for (int length = 0; length < frame.length; length++) {
            byte[] cut = Arrays.copyOf(frame, length);
            assertThrows(MalformedInput.class, () -> PurchaseRecord.parse(cut));
        }
        assertThrows(MalformedInput.class, () -> PurchaseRecord.parse(Arrays.copyOf(frame, 65)));
    }

    /** What the TAC covers in a record: amount, type, terminal, its sequence, date and time; nothing else of it. */
    @Example
    void bit_of_a_record_changes_the_data_of_its_tac_exactly_where_the_formula_says() {
        byte[] frame = Hex.parse(PURCHASE);
        String covered = Hex.of(PurchaseRecord.parse(frame).tacData());
        assertEquals("000004e2" + "06" + "440300000043" + "00000007" + "20270315075118", covered);
        for (int at = 2; at < frame.length - 1; at++) {
            boolean inFormula = at >= 14 && at < 24 || at >= 44 && at < 48 || at >= 52 && at < 59;
            byte[] changed = flipped(frame, at * 8 + 1);
            if (at != 2) { // the algorithm's byte has no neighbour that exists
                assertEquals(
                        inFormula,
                        !covered.equals(Hex.of(PurchaseRecord.parse(changed).tacData())),
                        "byte " + at);
            }
        }
    }

    @Example
    void record_that_no_64_bytes_can_hold_is_refused_when_it_is_made() {
        assertThrows(MalformedInput.class, () -> purchase(256, 7, 3, 1));
        assertThrows(MalformedInput.class, () -> purchase(-1, 7, 3, 1));
        assertThrows(MalformedInput.class, () -> purchase(1, 0x1_0000_0000L, 3, 1));
        assertThrows(MalformedInput.class, () -> purchase(1, -1, 3, 1));
        assertThrows(MalformedInput.class, () -> purchase(1, 7, 0x10000, 1));
        assertThrows(MalformedInput.class, () -> purchase(1, 7, 3, -1));
        assertThrows(MalformedInput.class, () -> purchase(TransactionType.EP_PURCHASE, 1, 7, 3, 0));
        PurchaseRecord onlyWriting = purchase(1, 7, 3, 0);
        assertEquals(onlyWriting, PurchaseRecord.parse(onlyWriting.encode()));
        assertThrows(MalformedInput.class, () -> purchase(1, 7, 3, 0x1_0000_0000L));
        PurchaseRecord largest = purchase(255, 0xFFFF_FFFFL, 0xFFFF, 0xFFFF_FFFFL);
        assertEquals(largest, PurchaseRecord.parse(largest.encode()));
    }

    private static PurchaseRecord purchase(int keyVersion, long terminalSeq, int offlineSeq, long amount) {
        return purchase(TransactionType.CAPP_PURCHASE, keyVersion, terminalSeq, offlineSeq, amount);
    }

    private static PurchaseRecord purchase(
            TransactionType type, int keyVersion, long terminalSeq, int offlineSeq, long amount) {
        return new PurchaseRecord(
                type,
                CardAlgorithm.TRIPLE_DES,
                keyVersion,
                new byte[10],
                terminalSeq,
                new byte[6],
                new byte[8],
                new byte[10],
                offlineSeq,
                amount,
                0xFFFF_FFFFL,
                CardTime.of(LocalDateTime.of(2028, 2, 29, 23, 59, 59)),
                new byte[4],
                PurchaseRecord.State.NOT_DEBITED);
    }

    private static byte[] certificate(int role) {
        byte[] body = AccessCertificate.body(
                role,
                ISSUER.publicKey(),
                Hex.parse("4403000112345678"),
                Hex.parse("20260101"),
                Hex.parse("20271231"),
                7,
                CARD.publicKey());
        byte[] signature = Sm2.sign(ISSUER, AccessCertificate.message(body), RandomSource.secure());
        byte[] whole = Arrays.copyOf(body, AccessCertificate.LENGTH);
        System.arraycopy(signature, 0, whole, AccessCertificate.BODY, 64);
        return whole;
    }

    /** 121 bytes, 968 bits: the signature holds every one but those the parser refuses by itself. */
    @Example
    void no_turned_bit_of_a_certificate_passes_its_issuers_key() {
        byte[] good = certificate(AccessCertificate.CARD);
        assertTrue(AccessCertificate.parse(good).signedBy(ISSUER.publicKey()));
        assertFalse(AccessCertificate.parse(good).signedBy(CARD.publicKey()));
        for (int bit = 0; bit < good.length * 8; bit++) {
            byte[] changed = flipped(good, bit);
            assertFalse(accepted(changed), "bit " + bit);
        }
        for (int length = 0; length < 200; length++) {
            if (length != 121) {
                byte[] other = Arrays.copyOf(good, length);
                assertThrows(MalformedInput.class, () -> AccessCertificate.parse(other));
            }
        }
    }

    private static boolean accepted(byte[] bytes) {
        try {
            return AccessCertificate.parse(bytes).signedBy(ISSUER.publicKey());
        } catch (MalformedInput refused) {
            return false;
        }
    }

    @Property(tries = 300)
    void any_command_reads_back_and_every_cut_of_it_is_refused_or_another_command(
            @ForAll @IntRange(max = 255) int cla,
            @ForAll @IntRange(max = 255) int ins,
            @ForAll @Size(max = 255) byte[] data,
            @ForAll @IntRange(min = -1, max = 256) int le) {
        CommandApdu command = new CommandApdu(cla, ins, 1, 2, data, le == 0 ? 256 : le);
        byte[] encoded = command.encode();
        CommandApdu read = CommandApdu.parse(encoded);
        assertEquals(command, read);
        assertEquals(command.le(), read.le());
        assertArrayEquals(data, read.data());
        byte[] cut = Arrays.copyOf(encoded, encoded.length - 1);
        try {
            assertNotEquals(command, CommandApdu.parse(cut));
        } catch (MalformedInput refused) {
            assertTrue(cut.length < 4 || data.length > 0);
        }
    }

    @Property(tries = 300)
    void what_is_encrypted_for_a_card_decrypts_to_the_same_and_damage_is_refused_or_other_data(
            @ForAll CardAlgorithm algorithm, @ForAll @Size(16) byte[] key, @ForAll @Size(max = 200) byte[] data) {
        byte[] encrypted = SecureMessaging.encrypt(algorithm, key, data);
        assertEquals(0, encrypted.length % algorithm.block());
        assertArrayEquals(data, SecureMessaging.decrypt(algorithm, key, encrypted));
        try {
            byte[] other = SecureMessaging.decrypt(algorithm, key, flipped(encrypted, encrypted.length * 8 - 1));
            assertFalse(Arrays.equals(data, other));
        } catch (MalformedInput refused) {
            assertTrue(String.valueOf(refused.getMessage()).startsWith("expected"));
        }
        byte[] cut = Arrays.copyOf(encrypted, encrypted.length - 1);
        assertThrows(MalformedInput.class, () -> SecureMessaging.decrypt(algorithm, key, cut));
    }

    /** A MAC binds header, length, data and challenge: any bit of any of them makes another. */
    @Example
    void each_turned_bit_under_a_command_mac_makes_another_mac() {
        byte[] key = Hex.parse("0123456789abcdeffedcba9876543210");
        byte[] challenge = Hex.parse("000102030405060708090a0b0c0d0e0f");
        byte[] header = Hex.parse("04d69500");
        byte[] data = Hex.parse("a1a2a3");
        String mac = Hex.of(SecureMessaging.commandMac(CardAlgorithm.SM4, key, challenge, header, data));
        for (int bit = 0; bit < 32; bit++) {
            byte[] other = flipped(header, bit);
            assertNotEquals(mac, Hex.of(SecureMessaging.commandMac(CardAlgorithm.SM4, key, challenge, other, data)));
        }
        for (int bit = 0; bit < 24; bit++) {
            byte[] other = flipped(data, bit);
            assertNotEquals(mac, Hex.of(SecureMessaging.commandMac(CardAlgorithm.SM4, key, challenge, header, other)));
        }
        for (int bit = 0; bit < 128; bit++) {
            byte[] other = flipped(challenge, bit);
            assertNotEquals(mac, Hex.of(SecureMessaging.commandMac(CardAlgorithm.SM4, key, other, header, data)));
        }
        byte[] longer = Arrays.copyOf(data, 4);
        assertNotEquals(mac, Hex.of(SecureMessaging.commandMac(CardAlgorithm.SM4, key, challenge, header, longer)));
    }

    @Property(tries = 300)
    void any_reader_frame_travels_whole_and_every_cut_is_noticed(
            @ForAll @IntRange(max = 255) int op, @ForAll @Size(max = 300) byte[] body) throws IOException {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        new ReaderFrame(op, body).write(new DataOutputStream(wire));
        byte[] bytes = wire.toByteArray();
        ReaderFrame read = read(bytes);
        assertEquals(op, read.op());
        assertArrayEquals(body, read.body());
        byte[] cut = Arrays.copyOf(bytes, new Random(op).nextInt(bytes.length));
        assertThrows(EOFException.class, () -> read(cut));
    }

    private static ReaderFrame read(byte[] bytes) throws IOException {
        return ReaderFrame.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    }

    /** The table of card.md: what a number in a log means, in one line. */
    @Example
    void status_words_describe_themselves_with_their_number_and_families_share_a_text() {
        assertEquals("6985 (conditions of use not met)", StatusWord.describe(0x6985));
        assertEquals("63C5 (wrong, tries left in the last digit)", StatusWord.describe(0x63C5));
        assertEquals("6C17 (wrong Le, the right one in the last byte)", StatusWord.describe(0x6C17));
        assertEquals("9408 (the grey-lock state does not fit)", StatusWord.describe(0x9408));
        assertEquals("1234", StatusWord.describe(0x1234));
        int known = 0;
        for (int sw = 0; sw <= 0xFFFF; sw++) {
            known += StatusWord.of(sw).isPresent() ? 1 : 0;
        }
        assertEquals(StatusWord.values().length - 3 + 256 + 256 + 16, known);
    }

    @Property(tries = 500)
    void any_second_of_a_hundred_years_is_a_card_time_and_back(@ForAll @IntRange(max = 1_000_000_000) int seconds) {
        LocalDateTime time = LocalDateTime.of(2000, 1, 1, 0, 0).plusSeconds(3L * seconds);
        CardTime packed = CardTime.of(time);
        assertEquals(time, packed.toLocal());
        assertEquals(7, packed.bytes().length);
        assertEquals(Hex.of(packed.date4()) + Hex.of(packed.time3()), packed.toString());
    }
}
