package io.zhitong.cardspec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.MalformedInput;
import io.zhitong.smcrypto.Sm4;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Formulas of the card computed a second time by openssl, and secure messaging at every length. */
@Timeout(60)
class WitnessTest {
    private static final byte[] KEY = Hex.parse("0123456789abcdeffedcba9876543210");
    private static final byte[] FACTOR = Hex.parse("4403010112345678");
    private static final byte[] FACTOR_AND_COMPLEMENT = Hex.parse("4403010112345678bbfcfefeedcba987");

    private static byte[] openssl(byte[] in, String... arguments) {
        try {
            String[] command = new String[arguments.length + 1];
            command[0] = "openssl";
            System.arraycopy(arguments, 0, command, 1, arguments.length);
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().write(in);
            process.getOutputStream().close();
            byte[] out = process.getInputStream().readAllBytes();
            assertTrue(process.waitFor(20, TimeUnit.SECONDS));
            assertEquals(0, process.exitValue(), String.join(" ", arguments));
            return out;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] sm4Ecb(byte[] key, byte[] blocks) {
        return openssl(blocks, "enc", "-sm4-ecb", "-nopad", "-K", Hex.of(key));
    }

    private static byte[] twoKeyDesEcb(byte[] key, byte[] blocks) {
        return openssl(blocks, "enc", "-des-ede-ecb", "-nopad", "-K", Hex.of(key));
    }

    private static byte[] padded(byte[] data, int block) {
        byte[] out = Arrays.copyOf(data, (data.length / block + 1) * block);
        out[data.length] = (byte) 0x80;
        return out;
    }

    @Test
    void witness_knows_the_example_of_the_standard() {
        assertEquals("681edf34d206965e86b3e94f536e4246", Hex.of(sm4Ecb(KEY, KEY)), "GB/T 32907, annex A");
    }

    @Test
    void derived_key_is_that_of_openssl_for_both_algorithms() {
        assertArrayEquals(sm4Ecb(KEY, FACTOR_AND_COMPLEMENT), CardAlgorithm.SM4.diversify(KEY, FACTOR));
        assertArrayEquals(twoKeyDesEcb(KEY, FACTOR_AND_COMPLEMENT), CardAlgorithm.TRIPLE_DES.diversify(KEY, FACTOR));
    }

    @Test
    void derivation_by_two_factors_is_two_derivations_and_their_order_counts() {
        byte[] city = Hex.parse("4403ff0000000000");
        byte[] cityComplement = Hex.parse("4403ff0000000000bbfc00ffffffffff");
        byte[] byHand = sm4Ecb(sm4Ecb(KEY, cityComplement), FACTOR_AND_COMPLEMENT);
        assertArrayEquals(byHand, CardAlgorithm.SM4.diversify(KEY, List.of(city, FACTOR)));
        assertFalse(Arrays.equals(byHand, CardAlgorithm.SM4.diversify(KEY, List.of(FACTOR, city))));
        assertArrayEquals(KEY, CardAlgorithm.SM4.diversify(KEY, List.of()), "no factor, the key itself");
    }

    @Test
    void session_key_is_that_of_openssl() {
        byte[] seed = PurseCryptograms.offlineSeed(Hex.parse("aaf6426c"), 0xDAE0, 0x1AA59DFAL);
        assertEquals("aaf6426cdae09dfa", Hex.of(seed));
        assertArrayEquals(
                sm4Ecb(KEY, Hex.parse("aaf6426cdae09dfa5509bd93251f6205")), CardAlgorithm.SM4.sessionKey(KEY, seed));
        assertArrayEquals(twoKeyDesEcb(KEY, seed), CardAlgorithm.TRIPLE_DES.sessionKey(KEY, seed));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 15, 16, 17, 31, 32, 100})
    void mac_is_the_left_of_the_last_block_of_openssl_at_every_length(int length) {
        byte[] data = new byte[length];
        new Random(length).nextBytes(data);
        byte[] iv = Hex.parse("00112233445566778899aabbccddeeff");
        byte[] chained = openssl(padded(data, 16), "enc", "-sm4-cbc", "-nopad", "-K", Hex.of(KEY), "-iv", Hex.of(iv));
        byte[] last = Arrays.copyOfRange(chained, chained.length - 16, chained.length);
        assertArrayEquals(Arrays.copyOf(last, 4), CardAlgorithm.SM4.mac4(KEY, iv, data));
        assertArrayEquals(last, Sm4.cbcMac(KEY, iv, data));
    }

    @Test
    void retail_mac_of_one_block_is_the_two_key_des_of_openssl() {
        byte[] block = Hex.parse("00000000000000");
        byte[] one = Arrays.copyOf(twoKeyDesEcb(KEY, padded(block, 8)), 4);
        assertArrayEquals(one, CardAlgorithm.TRIPLE_DES.mac4(KEY, block));
    }

    @Test
    void tac_key_of_des_is_folded_and_that_of_sm4_is_not() {
        assertEquals("ffffffffffffffff", Hex.of(CardAlgorithm.TRIPLE_DES.tacKey(KEY)));
        assertArrayEquals(KEY, CardAlgorithm.SM4.tacKey(KEY));
    }

    // ---- what the cryptograms cover --------------------------------------------------------------------------------

    @Test
    void covered_bytes_are_those_of_the_manual() {
        CardTime time = new CardTime(Hex.parse("20270315075118"));
        byte[] terminal = Hex.parse("0392ef2dcefc");
        assertEquals(
                "0000c350" + "000076d6" + "02" + "0392ef2dcefc",
                Hex.of(PurseCryptograms.loadMac1(50_000, 30_422, TransactionType.EP_LOAD, terminal)));
        assertEquals(
                "000076d6" + "06" + "0392ef2dcefc" + "20270315075118",
                Hex.of(PurseCryptograms.hostMac(30_422, TransactionType.EP_PURCHASE, terminal, time)));
        assertEquals(
                "00013a26" + "0007" + "000076d6" + "02" + "0392ef2dcefc" + "20270315075118",
                Hex.of(PurseCryptograms.loadTac(80_422, 7, 30_422, TransactionType.EP_LOAD, terminal, time)));
        assertEquals(
                "000076d6" + "06" + "0392ef2dcefc" + "1aa59dfa" + "20270315075118",
                Hex.of(PurseCryptograms.purchaseTac(30_422, TransactionType.EP_PURCHASE, terminal, 0x1AA59DFAL, time)));
        assertEquals("000076d6", Hex.of(PurseCryptograms.purchaseMac2(30_422)));
        assertEquals(
                "0000c350" + "0003e8" + "07" + "0392ef2dcefc",
                Hex.of(PurseCryptograms.overdraftMac1(50_000, 1_000, terminal)));
        assertEquals(
                "0007d0" + "07" + "0392ef2dcefc" + "20270315075118",
                Hex.of(PurseCryptograms.overdraftMac2(2_000, terminal, time)));
        assertEquals(
                "0000c350" + "0007" + "0007d0" + "07" + "0392ef2dcefc" + "20270315075118",
                Hex.of(PurseCryptograms.overdraftTac(50_000, 7, 2_000, terminal, time)));
        assertEquals("aaf6426c" + "0007" + "8000", Hex.of(PurseCryptograms.onlineSeed(Hex.parse("aaf6426c"), 7)));
    }

    @Test
    void transcript_covers_all_that_both_sides_saw() {
        CommandApdu command = CommandApdu.of(0x80, 0xF0, 1, 2).with(Hex.parse("aabb"));
        AccessTranscript seen = AccessTranscript.of(Hex.parse("6f00"), new byte[12], command);
        assertEquals(
                "5a544631" + "0002" + "6f00" + "0c" + "00".repeat(12) + "80f0010202" + "aabb" + "ccdd",
                Hex.of(seen.fastMessage(Hex.parse("ccdd"))));
        AccessTranscript without = AccessTranscript.of(Hex.parse("6f00"), new byte[0], command);
        assertFalse(Arrays.equals(seen.sealedHash(new byte[33]), without.sealedHash(new byte[33])));
        assertThrows(IllegalArgumentException.class, () -> AccessTranscript.of(new byte[2], new byte[11], command));
        assertThrows(IllegalArgumentException.class, () -> AccessTranscript.of(new byte[257], new byte[0], command));
    }

    // ---- secure messaging ------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource(CardAlgorithm.class)
    void data_of_every_length_are_sealed_and_opened(CardAlgorithm algorithm) {
        for (int length = 0; length <= 239; length++) {
            byte[] data = new byte[length];
            new Random(length).nextBytes(data);
            byte[] sealed = SecureMessaging.encrypt(algorithm, KEY, data);
            assertEquals(0, sealed.length % algorithm.block());
            assertTrue(sealed.length <= length + 1 + algorithm.block());
            assertArrayEquals(data, SecureMessaging.decrypt(algorithm, KEY, sealed), length + " bytes");
        }
    }

    @Test
    void sealed_data_are_what_openssl_makes_of_length_data_and_padding() {
        byte[] plain = Hex.parse("03" + "aabbcc" + "80" + "00".repeat(11));
        assertArrayEquals(sm4Ecb(KEY, plain), SecureMessaging.encrypt(CardAlgorithm.SM4, KEY, Hex.parse("aabbcc")));
        byte[] whole = Hex.parse("0f" + "11".repeat(15));
        assertArrayEquals(
                sm4Ecb(KEY, whole), SecureMessaging.encrypt(CardAlgorithm.SM4, KEY, Hex.parse("11".repeat(15))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10000000000000000000000000000000", // length beyond the block
                "ff000000000000000000000000000000",
                "03aabbcc000000000000000000000000", // no 80
                "03aabbcc800000000000000000000001", // something behind the padding
                "03aabbcc810000000000000000000000",
                "0faabbcc80000000000000000000000080000000000000000000000000000000" // padding although aligned
            })
    void wrong_length_or_padding_inside_is_malformed(String plain) {
        byte[] sealed = sm4Ecb(KEY, Hex.parse(plain));
        assertThrows(MalformedInput.class, () -> SecureMessaging.decrypt(CardAlgorithm.SM4, KEY, sealed));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 17, 31})
    void what_is_not_whole_blocks_is_malformed(int length) {
        assertThrows(MalformedInput.class, () -> SecureMessaging.decrypt(CardAlgorithm.SM4, KEY, new byte[length]));
    }

    @ParameterizedTest
    @EnumSource(CardAlgorithm.class)
    void mac_of_a_command_changes_with_every_bit_it_covers(CardAlgorithm algorithm) {
        byte[] challenge = Hex.parse("0011223344556677");
        byte[] header = Hex.parse("04d69500");
        byte[] data = Hex.parse("00112233445566778899");
        byte[] mac = SecureMessaging.commandMac(algorithm, KEY, challenge, header, data);
        for (byte[] covered : List.of(challenge, header, data)) {
            for (int bit = 0; bit < 8 * covered.length; bit++) {
                covered[bit / 8] ^= (byte) (1 << bit % 8);
                byte[] other = SecureMessaging.commandMac(algorithm, KEY, challenge, header, data);
                assertFalse(SecureMessaging.same(mac, other), "bit " + bit);
                covered[bit / 8] ^= (byte) (1 << bit % 8);
            }
        }
        assertTrue(SecureMessaging.same(mac, SecureMessaging.commandMac(algorithm, KEY, challenge, header, data)));
        assertFalse(SecureMessaging.same(mac, Arrays.copyOf(mac, 3)));
    }

    @Test
    void protected_command_carries_data_and_mac_and_its_lc_counts_both() {
        CommandApdu plain = new CommandApdu(0x04, 0xD6, 0x95, 0, Hex.parse("aabb"), CommandApdu.NO_LE);
        CommandApdu sent = SecureMessaging.protect(CardAlgorithm.SM4, KEY, Hex.parse("00112233"), plain);
        byte[] covered = Hex.parse("04d6950006aabb");
        byte[] iv = Hex.parse("00112233" + "00".repeat(12));
        assertEquals("04d6950006aabb" + Hex.of(CardAlgorithm.SM4.mac4(KEY, iv, covered)), Hex.of(sent.encode()));
    }
}
