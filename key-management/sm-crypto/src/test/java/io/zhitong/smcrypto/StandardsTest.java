package io.zhitong.smcrypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Printed examples of the standards, a second implementation, and openssl. */
class StandardsTest {

    /** GB/T 32918.5-2017 annex A: key pair, message, ZA, e, r and s of the worked example. */
    private static final byte[] D = Hex.parse("3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8");

    private static final String XA = "09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020";
    private static final String YA = "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13";
    private static final byte[] MESSAGE = "message digest".getBytes(StandardCharsets.US_ASCII);
    private static final String R = "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3";
    private static final String S = "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa";
    private static final BigInteger K =
            NaiveSm2.hex("59276E27D506861A16680F3AD9C02DCCEF3CC1FA3CDBE4CE6D54B80DEAC1BC21");

    @Example
    void key_pair_za_and_signature_of_the_standard_are_ours_too() {
        Sm2PrivateKey key = Sm2PrivateKey.of(D);
        assertEquals(XA + YA, Hex.of(key.publicKey().xy()));
        byte[] za = Sm2.za(key.publicKey());
        assertEquals("b2e14c5c79c6df5b85f4fe7ed8db7a262b9da7e07ccb0ea9f4747b8ccda8a4f3", Hex.of(za));
        assertEquals("f0b43e94ba45accaace692ed534382eb17e6ab5a19ce7b31f4486fdfc0d28640", Hex.of(Sm3.hash(za, MESSAGE)));
        assertTrue(Sm2.verify(key.publicKey(), MESSAGE, Hex.parse(R + S)));
        assertFalse(
                Sm2.verify(key.publicKey(), "message digesT".getBytes(StandardCharsets.US_ASCII), Hex.parse(R + S)));
    }

    /** The second implementation earns its trust on the same example before it judges ours. */
    @Example
    void naive_implementation_reproduces_the_standard_from_its_k() {
        BigInteger d = new BigInteger(1, D);
        assertEquals(NaiveSm2.INFINITY, NaiveSm2.multiply(NaiveSm2.N, NaiveSm2.G));
        NaiveSm2.Point q = NaiveSm2.multiply(d, NaiveSm2.G);
        assertEquals(XA + YA, Hex.of(Sm2.fixed32(q.x())) + Hex.of(Sm2.fixed32(q.y())));
        BigInteger e = NaiveSm2.hex("F0B43E94BA45ACCAACE692ED534382EB17E6AB5A19CE7B31F4486FDFC0D28640");
        BigInteger[] signature = NaiveSm2.sign(d, e, K);
        assertEquals(R, Hex.of(Sm2.fixed32(signature[0])));
        assertEquals(S, Hex.of(Sm2.fixed32(signature[1])));
    }

    /** Each side signs, the other verifies; and both refuse the same damage. */
    @Property(tries = 12)
    void ours_and_the_naive_one_accept_each_other_and_refuse_the_same(@ForAll long seed, @ForAll byte[] message) {
        Random random = new Random(seed);
        RandomSource source = n -> {
            byte[] out = new byte[n];
            random.nextBytes(out);
            return out;
        };
        Sm2PrivateKey key = Sm2PrivateKey.generate(source);
        byte[] xy = key.publicKey().xy();
        NaiveSm2.Point q = new NaiveSm2.Point(number(xy, 0), number(xy, 32));
        assertTrue(NaiveSm2.onCurve(q));
        BigInteger e = new BigInteger(1, Sm3.hash(Sm2.za(key.publicKey()), message));
        byte[] ours = Sm2.sign(key, message, source);
        assertTrue(NaiveSm2.verify(q, e, number(ours, 0), number(ours, 32)));
        BigInteger k = new BigInteger(1, source.bytes(31)).add(BigInteger.ONE);
        BigInteger[] theirs = NaiveSm2.sign(key.d(), e, k);
        byte[] joined = new ByteWriter()
                .bytes(Sm2.fixed32(theirs[0]))
                .bytes(Sm2.fixed32(theirs[1]))
                .toByteArray();
        assertTrue(Sm2.verify(key.publicKey(), message, joined));
        joined[random.nextInt(64)] ^= (byte) (1 << random.nextInt(8));
        assertEquals(
                NaiveSm2.verify(q, e, number(joined, 0), number(joined, 32)),
                Sm2.verify(key.publicKey(), message, joined));
    }

    private static BigInteger number(byte[] bytes, int at) {
        return new BigInteger(1, Arrays.copyOfRange(bytes, at, at + 32));
    }

    @Property(tries = 8)
    void agreed_x_is_the_one_of_the_naive_multiplication(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] a = new byte[32];
        byte[] b = new byte[32];
        random.nextBytes(a);
        random.nextBytes(b);
        a[0] &= 0x7F;
        b[0] &= 0x7F;
        NaiveSm2.Point shared = NaiveSm2.multiply(
                new BigInteger(1, a).multiply(new BigInteger(1, b)).mod(NaiveSm2.N), NaiveSm2.G);
        assertArrayEquals(
                Sm2.fixed32(shared.x()),
                Sm2.ecdhX(Sm2PrivateKey.of(a), Sm2PrivateKey.of(b).publicKey()));
    }

    /** GB/T 32905-2016 annex A.2: 16 times "abcd". */
    @Example
    void sm3_of_sixty_four_bytes_is_the_standards_example() {
        assertEquals(
                "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732",
                Hex.of(Sm3.hash("abcd".repeat(16).getBytes(StandardCharsets.US_ASCII))));
    }

    @Example
    void sm3_agrees_with_openssl_around_every_block_boundary() {
        for (int length : new int[] {0, 1, 55, 56, 57, 63, 64, 65, 119, 120, 127, 128, 129, 4096}) {
            byte[] data = new byte[length];
            new Random(length).nextBytes(data);
            assertArrayEquals(OpenSsl.run(data, "dgst", "-sm3", "-binary"), Sm3.hash(data), "length " + length);
        }
    }

    @Property(tries = 6)
    void sm4_ecb_and_cbc_agree_with_openssl(
            @ForAll @Size(16) byte[] key,
            @ForAll @Size(16) byte[] iv,
            @ForAll @IntRange(min = 1, max = 12) int blocks) {
        byte[] data = new byte[16 * blocks];
        new Random(blocks).nextBytes(data);
        String k = Hex.of(key);
        assertArrayEquals(OpenSsl.run(data, "enc", "-sm4-ecb", "-nopad", "-K", k), Sm4.ecbEncrypt(key, data));
        byte[] cbc = OpenSsl.run(data, "enc", "-sm4-cbc", "-nopad", "-K", k, "-iv", Hex.of(iv));
        assertArrayEquals(cbc, Sm4.cbcEncrypt(key, iv, data));
        assertArrayEquals(data, Sm4.cbcDecrypt(key, iv, cbc));
        assertArrayEquals(data, Sm4.ecbDecrypt(key, Sm4.ecbEncrypt(key, data)));
    }

    /** MAC of the purse: last block of openssl's CBC over data padded 80 00…, also when aligned. */
    @Example
    void cbc_mac_agrees_with_openssl_at_every_length_around_a_block() {
        byte[] key = Hex.parse("0123456789abcdeffedcba9876543210");
        for (int length : new int[] {0, 1, 15, 16, 17, 31, 32, 33}) {
            byte[] data = new byte[length];
            new Random(length).nextBytes(data);
            byte[] padded = Arrays.copyOf(data, (length / 16 + 1) * 16);
            padded[length] = (byte) 0x80;
            byte[] cbc = OpenSsl.run(padded, "enc", "-sm4-cbc", "-nopad", "-K", Hex.of(key), "-iv", "00".repeat(16));
            assertEquals(
                    Hex.of(Arrays.copyOfRange(cbc, cbc.length - 16, cbc.length)),
                    Hex.of(Sm4.cbcMac(key, new byte[16], data)),
                    "length " + length);
        }
    }

    @Example
    void cmac_agrees_with_openssl_and_with_the_definition_of_rfc_4493() {
        byte[] key = Hex.parse("0123456789abcdeffedcba9876543210");
        assertEquals(
                "8e75238ac2672a6aee408c1e251854d8", Hex.of(Sm4.cmac(key, "abc".getBytes(StandardCharsets.US_ASCII))));
        for (int length : new int[] {0, 1, 15, 16, 17, 32, 47, 64}) {
            byte[] data = new byte[length];
            new Random(length).nextBytes(data);
            String witness = new String(
                            OpenSsl.run(data, "mac", "-cipher", "SM4-CBC", "-macopt", "hexkey:" + Hex.of(key), "CMAC"),
                            StandardCharsets.US_ASCII)
                    .trim();
            assertEquals(witness.toLowerCase(), Hex.of(Sm4.cmac(key, data)), "length " + length);
            assertEquals(witness.toLowerCase(), Hex.of(naiveCmac(key, data)), "length " + length);
        }
    }

    private static byte[] naiveCmac(byte[] key, byte[] data) {
        byte[] l = Sm4.encryptBlock(key, new byte[16]);
        boolean whole = data.length > 0 && data.length % 16 == 0;
        byte[] subkey = whole ? doubled(l) : doubled(doubled(l));
        byte[] padded = whole ? data.clone() : BlockModes.padAlways(data, 16);
        for (int i = 0; i < 16; i++) {
            padded[padded.length - 16 + i] ^= subkey[i];
        }
        byte[] chained = Sm4.cbcEncrypt(key, new byte[16], padded);
        return Arrays.copyOfRange(chained, chained.length - 16, chained.length);
    }

    private static byte[] doubled(byte[] block) {
        BigInteger shifted = new BigInteger(1, block).shiftLeft(1);
        if (shifted.testBit(128)) {
            shifted = shifted.clearBit(128).xor(BigInteger.valueOf(0x87));
        }
        return Arrays.copyOfRange(Sm2.fixed32(shifted), 16, 32);
    }

    /** KDF of GB/T 32918.4 is ANSI X9.63 with SM3 and no shared info. */
    @Example
    void kdf_agrees_with_openssl_at_lengths_around_a_hash() {
        byte[] z = Hex.parse("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
        for (int length : new int[] {1, 28, 31, 32, 33, 40, 64, 65, 100}) {
            String witness = new String(
                            OpenSsl.run(
                                    new byte[0],
                                    "kdf",
                                    "-keylen",
                                    String.valueOf(length),
                                    "-kdfopt",
                                    "digest:SM3",
                                    "-kdfopt",
                                    "hexsecret:" + Hex.of(z),
                                    "X963KDF"),
                            StandardCharsets.US_ASCII)
                    .replace(":", "")
                    .trim();
            assertEquals(witness.toLowerCase(), Hex.of(Sm2.kdf(z, length)), "length " + length);
        }
    }

    @Example
    void two_key_des_agrees_with_openssl_and_equal_halves_are_single_des() {
        byte[] key = Hex.parse("0123456789abcdeffedcba9876543210");
        byte[] block = "12345678".getBytes(StandardCharsets.US_ASCII);
        assertArrayEquals(
                OpenSsl.run(block, "enc", "-des-ede", "-nopad", "-K", Hex.of(key)),
                new DesCipher(key).encryptBlock(block));
        byte[] half = Arrays.copyOf(key, 8);
        byte[] twice = Hex.parse(Hex.of(half).repeat(2));
        assertArrayEquals(new DesCipher(half).encryptBlock(block), new DesCipher(twice).encryptBlock(block));
        assertArrayEquals(block, new DesCipher(key).decryptBlock(new DesCipher(key).encryptBlock(block)));
    }
}
