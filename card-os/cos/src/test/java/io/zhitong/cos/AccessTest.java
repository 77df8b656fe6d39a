package io.zhitong.cos;

import static io.zhitong.cos.Vectors.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cardspec.AccessTranscript;
import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cardspec.SecureMessaging;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PublicKey;
import io.zhitong.smcrypto.Sm4;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** Plays test-vectors/access.json against the card, and what the card refuses. */
class AccessTest {
    private static final String EPHEMERAL = text(Accesses.FILE.get("scalars"), "cardEphemeral");
    private static final String HEDGE = "77".repeat(32);
    private final Bench card = Accesses.personalise("");

    private static JsonNode vector(int number) {
        return Accesses.FILE.get("cases").get(number);
    }

    @TestFactory
    Stream<DynamicTest> access_vectors() {
        int[] number = {0};
        return Vectors.cases("access.json").stream()
                .map(c -> DynamicTest.dynamicTest(++number[0] + " " + text(c, "kind"), () -> {
                    switch (text(c, "kind")) {
                        case "sealed" -> sealed(c, 32);
                        case "private" -> sealed(c, 64);
                        case "fast" -> fast(c);
                        default -> throw new AssertionError("expected a kind of access transaction");
                    }
                }));
    }

    /** All but the signature is bound to be the vector's; the signature, whose k is hedged, is verified. */
    private void sealed(JsonNode c, int secretLength) {
        Bench fed = Accesses.selected(card, EPHEMERAL + HEDGE);
        String distance = text(c, "distance");
        if (!distance.isEmpty()) {
            String wanted = distance.substring(8).toUpperCase(Locale.ROOT) + "9000";
            fed.expect("808B000004" + distance.substring(0, 8) + "08", wanted);
        }
        byte[] answer = Hex.parse(fed.ok(text(c, "command")));
        byte[] expected = Hex.parse(text(c, "response"));
        assertEquals(234, answer.length);
        assertEquals(2 * secretLength, text(c, "Z").length());
        assertEquals(Hex.of(Arrays.copyOf(expected, 33)), Hex.of(Arrays.copyOf(answer, 33)));
        byte[] th = Hex.parse(text(c, "th"));
        byte[] key = Hex.parse(text(c, "key"));
        byte[] iv = Hex.parse(text(c, "iv"));
        byte[] plain = Sm4.gcmDecrypt(key, iv, th, Arrays.copyOfRange(answer, 33, 234));
        byte[] certificate = Arrays.copyOf(plain, 121);
        assertEquals(text(Accesses.FILE, "cardCertificate"), Hex.of(certificate));
        Sm2PublicKey point = Sm2PublicKey.decode(Hex.parse(text(Accesses.FILE.get("points"), "card")));
        byte[] message = AccessTranscript.cardMessage(th, certificate);
        assertTrue(Sm2.verify(point, message, Arrays.copyOfRange(plain, 121, 185)));
    }

    private void fast(JsonNode c) {
        Accesses.selected(card, "")
                .expect(text(c, "command"), text(c, "response").toUpperCase(Locale.ROOT) + "9000");
    }

    @Test
    void select_answers_the_capabilities() {
        Bench fed = Accesses.selected(card, "01020304");
        assertEquals(text(Accesses.FILE, "fci").toUpperCase(Locale.ROOT), fed.ok(Accesses.SELECT));
    }

    @Test
    void key_pair_is_made_on_the_card_and_its_point_is_macced() {
        Bench fed = Accesses.selected(card, "c1".repeat(16) + "00".repeat(32) + "11".repeat(32));
        byte[] answer = Hex.parse(fed.ok(fed.macFrame(Purses.CONTROL, 16, "84F60001", "") + "44"));
        byte[] point = Arrays.copyOf(answer, 64);
        byte[] mac = SecureMessaging.answerMac(
                CardAlgorithm.SM4, Hex.parse(Purses.CONTROL), Hex.parse("c1".repeat(16)), point);
        assertEquals(Hex.of(mac), Hex.of(Arrays.copyOfRange(answer, 64, 68)));
        // the scalar 00… is out of range and drawn again: 11…
        byte[] scalar = Hex.parse("11".repeat(32));
        assertEquals(io.zhitong.smcrypto.Sm2PrivateKey.of(scalar).publicKey(), Sm2PublicKey.decode(point));
    }

    @Test
    void key_pair_needs_the_control_key_and_a_whole_block_challenge() {
        Bench fed = Accesses.selected(card, "c1".repeat(40));
        fed.expect("84F6000004 00000000", "6984");
        fed.expect(fed.macFrame(Purses.CONTROL, 8, "84F60000", ""), "6984");
        fed.expect(fed.macFrame(Purses.DPK, 16, "84F60000", ""), "6988");
        fed.expect("84F6000404 00000000", "6A86");
        fed.expect("84F6000003 000000", "6700");
        fed.expect("80F6000004 00000000", "6E00");
    }

    @Test
    void sealed_answer_needs_a_key_pair_and_its_own_certificate() {
        String command = text(vector(0), "command");
        Accesses.selected(card, "").expect(command.replaceFirst("808a0000", "808a0001"), "6A88");
        Accesses.selected(card, "").expect(command.replaceFirst("808a0000", "808a0004"), "6A86");
        Bench other = Accesses.selected(card, "c1".repeat(16) + "11".repeat(32));
        other.ok(other.macFrame(Purses.CONTROL, 16, "84F60000", ""));
        Accesses.selected(card, "").expect(command, "6A88");
    }

    @Test
    void wrong_suite_variant_point_or_length_is_refused() {
        String command = text(vector(0), "command");
        Bench fed = Accesses.selected(card, "");
        fed.expect(command.replaceFirst("5e01", "5e02"), "6A80");
        fed.expect(command.replaceFirst("5e0100", "5e0101"), "6A80");
        fed.expect(command.replaceFirst("3c937d", "3c937e"), "6A80");
        fed.expect(command.substring(0, 8) + "5d" + command.substring(10, 196), "6700");
        fed.expect(command.substring(0, 198) + "10", "6CEA");
        fed.expect(command.replaceFirst("808a00", "808a02"), "6A86");
        String fast = text(vector(3), "command");
        fed.expect(fast.replaceFirst("1e01", "1e03"), "6A80");
        fed.expect(fast.replaceFirst("808a0101", "808a0102"), "6A88");
    }

    @Test
    void ninth_sealed_answer_of_a_power_up_is_refused() {
        String command = text(vector(0), "command");
        Bench fed = Accesses.selected(card, (EPHEMERAL + HEDGE).repeat(8) + "01020304");
        for (int i = 0; i < 8; i++) {
            fed.ok(command);
        }
        fed.expect(command, "6985");
        fed.ok(Accesses.SELECT);
        fed.expect(command, "6985");
    }

    @Test
    void repeated_random_number_with_another_command_signs_with_another_k() {
        byte[] one = r(vector(0));
        byte[] two = r(vector(2));
        assertFalse(Arrays.equals(one, two));
    }

    private byte[] r(JsonNode c) {
        byte[] answer = Hex.parse(Accesses.selected(card, EPHEMERAL + HEDGE).ok(text(c, "command")));
        byte[] plain = Sm4.gcmDecrypt(
                Hex.parse(text(c, "key")),
                Hex.parse(text(c, "iv")),
                Hex.parse(text(c, "th")),
                Arrays.copyOfRange(answer, 33, 234));
        return Arrays.copyOfRange(plain, 121, 153);
    }

    @Test
    void private_only_card_answers_sealed_and_fast_with_6985() {
        Bench only = Accesses.personalise("010C0BB800");
        Accesses.selected(only, "").expect(text(vector(0), "command"), "6985");
        Accesses.selected(only, "").expect(text(vector(3), "command"), "6985");
        assertEquals(
                468,
                Accesses.selected(only, EPHEMERAL + HEDGE)
                        .ok(text(vector(2), "command"))
                        .length());
    }

    @Test
    void reader_certificate_is_checked_before_anything_is_answered() {
        String command = text(vector(2), "command");
        String certificate = text(Accesses.FILE, "readerCertificate");
        Bench fed = Accesses.selected(card, "");
        fed.expect(command.replaceFirst("2a00000007", "2a00000008"), "6982");
        fed.expect(command.replace(certificate, certificate.replaceFirst("01f0", "0101")), "6982");
        fed.expect(command.replace(certificate, "02" + certificate.substring(2)), "6982");
        String broken = certificate.substring(0, 240) + (certificate.endsWith("a6") ? "a7" : "a6");
        fed.expect(command.replace(certificate, broken), "6982");
    }

    @Test
    void reader_whose_days_are_over_by_the_newest_seen_is_refused() {
        Bench stale = Accesses.personalise("");
        Bench fed = Accesses.selected(stale, "");
        fed.ok("00D69300 04 20280101");
        fed.expect(text(vector(2), "command"), "6982");
        Bench good = Accesses.selected(stale, EPHEMERAL + HEDGE);
        good.ok("00D69300 04 20000101");
        good.ok(text(vector(2), "command"));
        good.ok("00A4000002 0013");
    }

    @Test
    void fourth_distance_exchange_is_refused() {
        Bench fed = Accesses.selected(card, "");
        for (int i = 0; i < 3; i++) {
            fed.expect("808B000004 A1B2C3D4 08", "01020304 000A 0014 9000");
        }
        fed.expect("808B000004 A1B2C3D4 08", "6985");
        fed.expect("808B000003 A1B2C3", "6700");
    }

    @Test
    void other_applications_have_no_access_commands() {
        Bench purse = Purses.personalise(Bench.blank());
        purse.expect(text(vector(3), "command"), "6985");
        purse.expect("808B000004 A1B2C3D4 08", "6985");
    }
}
