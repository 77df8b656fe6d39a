package io.zhitong.cos;

import static io.zhitong.cos.Vectors.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PrivateKey;
import io.zhitong.smcrypto.Sm2PublicKey;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sealed, private and fast access with wrong points, replayed nonces, foreign certificates and communities. */
class AccessMisuseTest {
    private static final String SEALED = text(Accesses.FILE.get("cases").get(0), "command");
    private static final String PRIVATE = text(Accesses.FILE.get("cases").get(2), "command");
    private static final String FAST = text(Accesses.FILE.get("cases").get(3), "command");
    private static final String READER = text(Accesses.FILE, "readerCertificate");
    private static final String RANDOM = text(Accesses.FILE.get("scalars"), "cardEphemeral") + "77".repeat(32);
    // GB/T 32918.5: the recommended curve
    private static final BigInteger P =
            new BigInteger("FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF", 16);
    private static final BigInteger B =
            new BigInteger("28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93", 16);
    private static final String G = "32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7"
            + "BC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0";

    private final Bench card = Accesses.personalise("");

    private static String withPoint(String frame, String point) {
        assertEquals(128, point.length());
        return frame.substring(0, 70) + point + frame.substring(198);
    }

    private static String fixed(BigInteger n) {
        String hex = n.toString(16);
        return "0".repeat(64 - hex.length()) + hex;
    }

    @Test
    void base_point_lies_on_the_curve_of_the_formula_and_is_answered() {
        assertTrue(onCurve(G));
        assertEquals(
                234, Accesses.selected(card, RANDOM).ok(withPoint(SEALED, G)).length() / 2);
    }

    private static boolean onCurve(String point) {
        BigInteger x = new BigInteger(point.substring(0, 64), 16);
        BigInteger y = new BigInteger(point.substring(64), 16);
        BigInteger right = x.pow(3).subtract(x.multiply(BigInteger.valueOf(3))).add(B);
        return y.pow(2).subtract(right).mod(P).signum() == 0;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"zero", "one off", "swapped", "y negated and off", "x + p", "y + p", "all ones", "p", "twist"})
    void points_that_are_none_answer_6A80_before_any_secret_is_used(String which) {
        BigInteger gx = new BigInteger(G.substring(0, 64), 16);
        BigInteger gy = new BigInteger(G.substring(64), 16);
        String point = switch (which) {
            case "zero" -> "00".repeat(64);
            case "one off" -> fixed(gx) + fixed(gy.add(BigInteger.ONE));
            case "swapped" -> fixed(gy) + fixed(gx);
            case "y negated and off" -> fixed(gx) + fixed(P.subtract(gy).add(BigInteger.ONE));
            // coordinates of small x on the curve, written beyond p
            case "x + p" -> smallPoint(true);
            case "y + p" -> fixed(gx) + fixed(gy).replaceFirst("^..", "FF");
            case "all ones" -> "FF".repeat(64);
            case "p" -> fixed(P) + fixed(P);
            default -> fixed(firstOffCurve()) + fixed(BigInteger.ONE);
        };
        Bench fed = Accesses.selected(card, "");
        String before = fed.dump();
        fed.expect(withPoint(SEALED, point), "6A80");
        fed.expect(withPoint(PRIVATE, point), "6A80");
        assertEquals(before, fed.dump());
    }

    /** A point whose x is below 2^256 − p, so that x + p still fits 32 bytes. */
    private static String smallPoint(boolean shifted) {
        for (BigInteger x = BigInteger.ONE; ; x = x.add(BigInteger.ONE)) {
            BigInteger right =
                    x.pow(3).subtract(x.multiply(BigInteger.valueOf(3))).add(B).mod(P);
            BigInteger y = right.modPow(P.add(BigInteger.ONE).shiftRight(2), P);
            if (y.pow(2).mod(P).equals(right)) {
                return fixed(shifted ? x.add(P) : x) + fixed(y);
            }
        }
    }

    private static BigInteger firstOffCurve() {
        BigInteger x = BigInteger.TWO;
        while (onCurve(fixed(x) + fixed(BigInteger.ONE))) {
            x = x.add(BigInteger.ONE);
        }
        return x;
    }

    @Test
    void same_small_point_within_p_is_answered() {
        Accesses.selected(card, RANDOM).ok(withPoint(SEALED, smallPoint(false)));
    }

    @Test
    void refused_commands_do_not_count_against_the_eight_answers() {
        Bench fed = Accesses.selected(card, RANDOM);
        for (int i = 0; i < 20; i++) {
            fed.expect(withPoint(SEALED, "00".repeat(64)), "6A80");
            fed.expect(SEALED.replaceFirst("808a0000", "808a0003"), "6A88");
        }
        fed.ok(SEALED);
    }

    @Test
    void sealed_and_fast_answers_write_nothing() {
        Bench fed = Accesses.selected(card, RANDOM);
        String before = fed.dump();
        int operations = fed.card().nvm().operations();
        fed.ok(SEALED);
        fed.ok(FAST);
        fed.ok("808B000004A1B2C3D408");
        assertEquals(operations, fed.card().nvm().operations());
        assertEquals(before, fed.dump());
    }

    @Test
    void newest_reader_date_is_written_when_it_grows_and_only_then() {
        Bench fed = Accesses.selected(card, RANDOM + RANDOM);
        int start = fed.card().nvm().operations();
        fed.ok(PRIVATE);
        int grown = fed.card().nvm().operations();
        assertTrue(grown > start);
        assertEquals(READER.substring(28, 36), newest(fed));
        fed.ok(PRIVATE);
        assertEquals(grown, fed.card().nvm().operations());
    }

    @ParameterizedTest(name = "newest seen {0}: {1}")
    @CsvSource({"last day of the reader, 9000", "day after it, 6982", "first day, 9000", "99991231, 6982"})
    void reader_is_judged_by_the_newest_date_seen(String when, String sw) {
        String from = READER.substring(28, 36);
        String to = READER.substring(36, 44);
        String date = switch (when) {
            case "last day of the reader" -> to;
            case "day after it" -> String.format("%08d", Integer.parseInt(to) + 1);
            case "first day" -> from;
            default -> when;
        };
        Bench fed = Accesses.selected(card, RANDOM);
        fed.ok("00D6930004" + date);
        String answer = fed.send(PRIVATE);
        assertEquals(sw, answer.substring(answer.length() - 4));
        String highest = from.compareTo(date) > 0 && sw.equals("9000") ? from : date;
        assertEquals(highest, newest(fed));
    }

    /** Content of 0013, which no command reads. */
    private static String newest(Bench bench) {
        bench.expect("00B0930004", "6982");
        return bench.dump()
                .lines()
                .filter(line -> line.startsWith("BINARY 0013"))
                .map(line -> line.substring(line.length() - 8))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void every_bit_of_a_reader_certificate_is_under_its_signature_or_its_checks() {
        String before = Accesses.selected(card, "").dump();
        int at = PRIVATE.indexOf(READER) * 4;
        assertTrue(at > 0);
        // all of the fields; the point and the signature in strides, for they cost a verification each
        for (int bit = 0; bit < READER.length() * 4; bit += bit < 24 * 8 ? 1 : 41) {
            Bench fed = Accesses.selected(card, "");
            assertEquals("6982", fed.send(Flips.bit(PRIVATE, at + bit)), "bit " + bit);
            assertEquals(before, fed.dump());
        }
    }

    @Test
    void certificate_of_a_card_is_no_reader_and_another_issuers_reader_is_none_of_ours() {
        String cards = text(Accesses.FILE, "cardCertificate");
        Accesses.selected(card, "").expect(PRIVATE.replace(READER, cards), "6982");
        Bench foreign = Accesses.selected(card, "");
        foreign.ok("00D6920040" + G);
        foreign.expect(PRIVATE, "6982");
        foreign.ok("00D6920040" + "00".repeat(64));
        foreign.expect(PRIVATE, "6982");
    }

    @Test
    void same_command_twice_gives_another_ephemeral_point_and_nothing_alike() {
        Bench bench = Bench.on(card.card().nvm(), Bench.seeded(77));
        bench.ok(Accesses.SELECT);
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 8; i++) {
            String answer = bench.ok(SEALED);
            assertTrue(seen.add(answer.substring(0, 66)));
            assertTrue(seen.add(answer.substring(66, 98)));
        }
        assertEquals(16, seen.size());
        assertFalse(seen.stream().anyMatch(part -> part.contains(Accesses.CREDENTIAL)));
    }

    @Test
    void sealed_answer_shows_neither_credential_nor_certificate() {
        String answer = Accesses.selected(card, RANDOM).ok(SEALED);
        String certificate = text(Accesses.FILE, "cardCertificate").toUpperCase(Locale.ROOT);
        for (int at = 0; at + 16 <= certificate.length(); at += 2) {
            assertFalse(answer.contains(certificate.substring(at, at + 16)), "byte " + at / 2);
        }
        assertTrue(Accesses.selected(card, "").ok(FAST).contains(certificate.substring(12, 28)));
    }

    @ParameterizedTest(name = "byte {0} of the fast command")
    @ValueSource(ints = {7, 14, 15, 18, 19, 34})
    void fast_answer_depends_on_point_time_and_nonce(int at) {
        Bench fed = Accesses.selected(card, "");
        String answer = fed.ok(FAST);
        String other = fed.ok(Flips.bit(FAST, 8 * at + 7));
        assertEquals(answer.substring(0, 34), other.substring(0, 34));
        assertNotEquals(answer.substring(34), other.substring(34));
    }

    @Test
    void fast_answer_of_the_same_challenge_is_the_same_so_the_door_must_choose_the_nonce() {
        assertEquals(
                Accesses.selected(card, "").ok(FAST),
                Accesses.selected(card, "").ok(FAST));
    }

    @Test
    void two_communities_on_a_card_answer_with_their_own_keys_and_know_nothing_of_each_other() {
        Bench two = Bench.on(card.card().nvm().copy(), Bench.seeded(5));
        two.ok("80E0AC02 16 38 0500 F0 F0 83 FF FF F05A544143430000000000440302");
        two.ok("00A404000EF05A544143430000000000440302");
        two.expect(FAST, "6A88");
        two.expect(SEALED, "6A88");
        two.expect("00B0940000", "6A82");
        two.ok("80E00000 07 3F 0180 01 F0 FF FF");
        two.ok("80D4 0101 15 3BF0F00104" + "99".repeat(16));
        two.ok("80E00011 07 28 0010 F0 F0 FF 00");
        two.ok("00D69100 10" + "4403000200000001" + "2026010120271231");
        String second = two.ok(FAST);
        two.ok(Accesses.SELECT);
        String first = two.ok(FAST);
        assertEquals("01" + Accesses.CREDENTIAL, first.substring(0, 34));
        assertEquals("014403000200000001" + "2026010120271231", second.substring(0, 34));
        two.ok("00A404000EF05A544143430000000000440302");
        assertEquals(second, two.ok(FAST));
        two.ok("800E0000");
        two.expect(FAST, "6A88");
        two.ok(Accesses.SELECT);
        assertEquals(first, two.ok(FAST));
    }

    @ParameterizedTest(name = "methods {0}: fast {1}, sealed {2}, private {3}, distance {4}")
    @CsvSource({
        "01, 9000, 6985, 6985, 6985", "02, 6985, 9000, 6985, 6985", "04, 6985, 6985, 9000, 6985",
        "08, 6985, 6985, 6985, 9000", "0F, 9000, 9000, 9000, 9000", "06, 6985, 9000, 9000, 6985"
    })
    void application_answers_the_methods_it_announces(String m, String fast, String sealed, String hidden, String far) {
        Bench only = Accesses.personalise("01" + m + "0BB800");
        for (String[] each :
                new String[][] {{FAST, fast}, {SEALED, sealed}, {PRIVATE, hidden}, {"808B000004A1B2C3D408", far}}) {
            Bench bench = Bench.on(only.card().nvm(), Bench.seeded(4));
            bench.ok(Accesses.SELECT);
            String answer = bench.send(each[0]);
            assertEquals(each[1], answer.substring(answer.length() - 4), each[0]);
        }
    }

    @Test
    void missing_files_of_the_application_answer_6A88_and_not_a_fault() {
        Bench bare = Bench.blank();
        bare.ok("80E0AC01 16 38 0500 F0 F0 83 FF FF F05A544143430000000000440301");
        bare.ok(Accesses.SELECT);
        bare.expect(FAST, "6A88");
        bare.expect(SEALED, "6A88");
        bare.expect(PRIVATE, "6A88");
        bare.ok("80E00000 07 3F 0180 01 F0 FF FF");
        bare.ok("80D4 0101 15 3BF0F00104" + "99".repeat(16));
        bare.expect(FAST, "6A88");
        bare.ok("80E00011 07 28 000F F0 F0 FF 00");
        bare.expect(FAST, "6A88");
        bare.expect("84F600000400000000", "6A88");
    }

    @Test
    void key_pair_that_replaces_another_silences_the_old_certificate() {
        Bench fed = Accesses.selected(card, "c0".repeat(16) + "22".repeat(32));
        fed.ok(fed.macFrame(Purses.CONTROL, 16, "84F60000", ""));
        Accesses.selected(card, RANDOM).expect(SEALED, "6A88");
    }

    @Test
    void key_pairs_are_distinct_by_number_and_their_points_verify_what_they_sign() {
        Bench fed = Accesses.selected(card, "c0".repeat(16) + "22".repeat(32) + "c1".repeat(16) + "23".repeat(32));
        String one = fed.ok(fed.macFrame(Purses.CONTROL, 16, "84F60002", "")).substring(0, 128);
        String two = fed.ok(fed.macFrame(Purses.CONTROL, 16, "84F60003", "")).substring(0, 128);
        assertNotEquals(one, two);
        byte[] message = {1, 2, 3};
        Sm2PublicKey point = Sm2PublicKey.decode(Hex.parse(one.toLowerCase(Locale.ROOT)));
        try (Sm2PrivateKey scalar = Sm2PrivateKey.of(Hex.parse("22".repeat(32)))) {
            assertTrue(Sm2.verify(point, message, Sm2.sign(scalar, message, Bench.seeded(1))));
        }
        assertTrue(onCurve(one) && onCurve(two));
    }

    @Test
    void scalar_is_not_read_not_replaced_and_not_used_by_other_commands() {
        Bench fed = Accesses.selected(card, "");
        fed.expect("00A40000020000", "6A82");
        fed.expect("00B0800000", "6A86");
        fed.expect("80D42000 25 20F0F00000" + "11".repeat(32), "6A86");
        fed.expect("80D40101 25 20F0F00000" + "11".repeat(32), "6A80");
        fed.expect("0088000010" + "00".repeat(16), "6A88");
        fed.expect("0082002010" + "00".repeat(16), "6A88");
    }
}
