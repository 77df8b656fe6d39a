package io.zhitong.keyvault.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.keyapi.Exportability;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import io.zhitong.smcrypto.Sm4;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class KeyBlockTest {
    private static final String PROTECTION = "00112233445566778899AABBCCDDEEFF";
    private static final String FILL = "A0A1A2A3A4A5A6A7A8A9AAABACAD";
    private static final Path SCRIPT = Path.of("src/test/node/keyblock.mjs");
    private static final byte[] CITY = Hex.parse("4403ff0000000000");
    private static final byte[] COMMUNITY = Hex.parse("0000000044030001");
    private static final byte[] CARD = Hex.parse("44030001000000a1");

    /** A block computed once by src/test/node/keyblock.mjs, and what it says. */
    private record Vector(KeyRef ref, Exportability exportability, String header, String key, String rest) {
        String block() {
            return header + rest;
        }

        KeyBlockHeader parsed() {
            return new KeyBlockHeader(ref, exportability);
        }
    }

    private static final List<Vector> VECTORS = List.of(
            new Vector(
                    KeyRef.of(KeyUsage.DPK, 1),
                    Exportability.EXCHANGE,
                    "40117124X01E0100LN050",
                    "000102030405060708090A0B0C0D0E0F",
                    "C07FFA51A37DDDDA19D7444B9919EB38A3360DC73060A3388AB1FCF73DF43870"
                            + "D1FCD358BA745FCA6C19A4D2C13B99B2"),
            new Vector(
                    KeyRef.of(KeyUsage.DTK, 2, CITY),
                    Exportability.NEVER,
                    "40133144X02N0100LN1514403FF0000000000",
                    "FEDCBA98765432100123456789ABCDEF",
                    "21E38875F955302374AC1FFF7FE969C3F35BD2CB8AF8C00B0C8104B9915066F7"
                            + "15D3F329CBA79B67254504CA8FE22343"),
            new Vector(
                    KeyRef.of(KeyUsage.ACCESS_FAST, 255, CITY, COMMUNITY, CARD),
                    Exportability.EXCHANGE,
                    "40165224NFFE0100LN3534403FF0000000000000000004403000144030001000000A1",
                    "8899AABBCCDDEEFF0011223344556677",
                    "4CB93A4EAC9473029F0850378162F717FA6D9012555AFFF840CD21CCB9C44E1F"
                            + "76A5520EA23928F8329AD45098E4F6C7"),
            new Vector(
                    KeyRef.of(KeyUsage.BOUGHT_DTK, 1, CITY, CARD),
                    Exportability.NEVER,
                    "4014943TV01N0100LN2524403FF000000000044030001000000A1",
                    "8899AABBCCDDEEFF0011223344556677",
                    "9EB843FAAAF8B5FEE6E6045DAFC5FDEC6AA583E943E389F678CAF14D3EC3B280"
                            + "05937EDD31B5FDDF3650BE562AEA0E69"));

    @Test
    void blocks_are_those_of_the_vectors_and_open_again() {
        for (Vector one : VECTORS) {
            String block = KeyBlock.seal(one.parsed(), secret(one.key()), secret(PROTECTION), n -> Hex.parse(FILL));
            assertEquals(one.block(), block);
            try (KeyBlock opened = KeyBlock.open(block, secret(PROTECTION))) {
                assertEquals(secret(one.key()), opened.key());
                assertEquals(one.exportability(), opened.header().exportability());
                assertEquals(one.ref().usage(), opened.header().key().usage());
                assertEquals(one.ref().version(), opened.header().key().version());
                assertEquals(hex(one.ref()), hex(opened.header().key()));
            }
        }
    }

    @Test
    void second_implementation_computes_the_vectors_and_opens_fresh_blocks() throws IOException, InterruptedException {
        for (Vector one : VECTORS) {
            assertEquals(one.block(), node("seal", PROTECTION, one.header(), one.key(), FILL));
            String fresh = KeyBlock.seal(one.parsed(), secret(one.key()), secret(PROTECTION), RandomSource.secure());
            assertNotEquals(one.block(), fresh);
            assertEquals(one.key(), node("open", PROTECTION, fresh));
        }
    }

    @Test
    void every_flipped_bit_is_refused_with_the_same_words() {
        for (Vector one : VECTORS) {
            byte[] block = one.block().getBytes(StandardCharsets.US_ASCII);
            for (int bit = 0; bit < 8 * block.length; bit++) {
                byte[] changed = block.clone();
                changed[bit / 8] ^= (byte) (1 << bit % 8);
                assertRefused(new String(changed, StandardCharsets.ISO_8859_1), "bit " + bit);
            }
        }
    }

    @Test
    void cut_longer_and_foreign_blocks_are_refused() {
        String block = VECTORS.get(1).block();
        for (int length = 0; length < block.length(); length++) {
            assertRefused(block.substring(0, length), "length " + length);
        }
        assertRefused(block + "00", "two characters more");
        assertRefused(block.toLowerCase(Locale.ROOT), "lower case");
        assertRefused("4" + "0".repeat(4095), "too large");
        assertRefused("D" + block.substring(1), "version of the standard");
        assertThrows(KeyServiceException.class, () -> KeyBlock.open(block, secret("00112233445566778899AABBCCDDEEFE")));
    }

    @Test
    void key_never_shows_in_words() {
        try (KeyBlock opened = KeyBlock.open(VECTORS.get(0).block(), secret(PROTECTION))) {
            assertFalse(opened.toString().toUpperCase(Locale.ROOT).contains("00010203"), opened.toString());
            assertTrue(opened.toString().contains("redacted"));
        }
    }

    @Test
    void sets_of_card_keys_are_the_same_blocks_one_by_one_and_in_bulk() {
        byte[] cards = Hex.parse("44030001000000A1" + "44030001000000A2" + "44030001000000A3");
        byte[] random = new byte[3 * 2 * KeyBlockSeal.FILL];
        List<KeySetLine> lines = List.of(
                new KeySetLine(KeyRef.of(KeyUsage.DPK, 2, CITY), secret("000102030405060708090A0B0C0D0E0F")),
                new KeySetLine(
                        KeyRef.of(KeyUsage.ACCESS_LINE, 1, CITY, COMMUNITY),
                        secret("FEDCBA98765432100123456789ABCDEF")));
        byte[] out;
        try (KeySets sets = new KeySets(lines, secret(PROTECTION))) {
            out = new byte[3 * sets.length()];
            sets.seal(cards, random, out);
        }

        StringBuilder expected = new StringBuilder();
        for (int card = 0; card < 3; card++) {
            byte[] factor = Arrays.copyOfRange(cards, 8 * card, 8 * card + 8);
            for (KeySetLine line : lines) {
                List<byte[]> path = new ArrayList<>(line.master().factors());
                path.add(factor);
                KeyBlockHeader header = new KeyBlockHeader(
                        new KeyRef(line.master().usage(), line.master().version(), path), Exportability.NEVER);
                expected.append(KeyBlock.seal(
                        header, derived(line.key(), factor), secret(PROTECTION), n -> new byte[KeyBlockSeal.FILL]));
            }
        }
        assertEquals(expected.toString(), new String(out, StandardCharsets.US_ASCII));
    }

    @Test
    void bulk_takes_masters_one_level_above_the_card_and_no_3des() {
        SecretBytes key = secret(PROTECTION);

        assertThrows(IllegalArgumentException.class, () -> new KeySetLine(KeyRef.of(KeyUsage.DPK, 1), key));
        assertThrows(IllegalArgumentException.class, () -> new KeySetLine(KeyRef.of(KeyUsage.DPK, 1, CITY, CARD), key));
        assertThrows(
                IllegalArgumentException.class, () -> new KeySetLine(KeyRef.of(KeyUsage.BOUGHT_DPK, 1, CITY), key));
    }

    /** SM4(K, f ‖ ~f) of docs/keys.md, by the plain block cipher. */
    private static SecretBytes derived(SecretBytes master, byte[] factor) {
        byte[] block = Arrays.copyOf(factor, 16);
        for (int i = 0; i < 8; i++) {
            block[8 + i] = (byte) ~factor[i];
        }
        return SecretBytes.takeOver(Sm4.encryptBlock(master.export(SecretAccess.TOKEN), block));
    }

    private static void assertRefused(String block, String what) {
        KeyServiceException refused =
                assertThrows(KeyServiceException.class, () -> KeyBlock.open(block, secret(PROTECTION)), what);
        assertEquals(KeyRefusal.BAD_KEY_BLOCK, refused.reason(), what);
        assertTrue(refused.getMessage().contains("undamaged key block"), refused.getMessage());
    }

    private static String hex(KeyRef ref) {
        return String.join(" ", ref.factors().stream().map(Hex::of).toList());
    }

    private static SecretBytes secret(String hex) {
        return SecretBytes.takeOver(Hex.parse(hex));
    }

    private static String node(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("node", SCRIPT.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        assertTrue(process.waitFor(20, TimeUnit.SECONDS), "node ended");
        assertEquals(0, process.exitValue(), out);
        return out.strip();
    }
}
