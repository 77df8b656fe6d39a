package io.zhitong.smcrypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class Sm3Sm4Test {
    private static final byte[] KEY = Hex.parse("0123456789abcdeffedcba9876543210");

    /** GB/T 32905 annex A.1. */
    @Test
    void sm3_of_abc_is_the_standards_example() {
        assertEquals(
                "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
                Hex.of(Sm3.hash("abc".getBytes(StandardCharsets.US_ASCII))));
    }

    @Test
    void sm3_over_parts_is_sm3_over_their_joint() {
        assertArrayEquals(Sm3.hash(new byte[] {1, 2, 3}), Sm3.hash(new byte[] {1}, new byte[] {2, 3}));
    }

    /** GB/T 32907 annex A.1: key and plaintext are the same bytes. */
    @Test
    void sm4_of_one_block_is_the_standards_example() {
        assertEquals("681edf34d206965e86b3e94f536e4246", Hex.of(Sm4.encryptBlock(KEY, KEY)));
    }

    /** GB/T 32907 annex A.2. */
    @Test
    void sm4_a_million_times_is_the_standards_example() {
        Sm4Cipher cipher = new Sm4Cipher(KEY);
        byte[] block = KEY;
        for (int i = 0; i < 1_000_000; i++) {
            block = cipher.encryptBlock(block);
        }
        assertEquals("595298c7c6fd271f0402f804c33d3f66", Hex.of(block));
    }

    @Test
    void one_cipher_encrypts_and_decrypts_in_turn() {
        Sm4Cipher cipher = new Sm4Cipher(KEY);
        byte[] sealed = cipher.encryptBlock(KEY);
        assertArrayEquals(KEY, cipher.decryptBlock(sealed));
        assertArrayEquals(sealed, cipher.encryptBlock(KEY));
    }

    @Test
    void cbc_undoes_itself_and_refuses_a_broken_block() {
        byte[] iv = new byte[16];
        byte[] data = new byte[48];
        assertArrayEquals(data, Sm4.cbcDecrypt(KEY, iv, Sm4.cbcEncrypt(KEY, iv, data)));
        assertThrows(IllegalArgumentException.class, () -> Sm4.cbcEncrypt(KEY, iv, new byte[15]));
    }

    @Test
    void the_cbc_mac_is_the_last_block_of_cbc_over_padded_data() {
        byte[] data = Hex.parse("00112233445566778899aabbccddeeff0011");
        byte[] cbc = Sm4.cbcEncrypt(KEY, new byte[16], BlockModes.padAlways(data, 16));
        assertEquals(Hex.of(java.util.Arrays.copyOfRange(cbc, 16, 32)), Hex.of(Sm4.cbcMac(KEY, new byte[16], data)));
    }

    /** RFC 8998 appendix A.1, SM4-GCM. */
    @Test
    void gcm_is_the_example_of_rfc_8998() {
        byte[] iv = Hex.parse("00001234567800000000abcd");
        byte[] aad = Hex.parse("feedfacedeadbeeffeedfacedeadbeefabaddad2");
        byte[] plain = Hex.parse("aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd"
                + "eeeeeeeeeeeeeeeeffffffffffffffffeeeeeeeeeeeeeeeeaaaaaaaaaaaaaaaa");
        byte[] sealed = Sm4.gcmEncrypt(KEY, iv, aad, plain);
        assertEquals(
                "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735"
                        + "d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d"
                        + "83de3541e4c2b58177e065a9bf7b62ec",
                Hex.of(sealed));
        assertArrayEquals(plain, Sm4.gcmDecrypt(KEY, iv, aad, sealed));
    }

    @Test
    void gcm_with_one_bit_changed_anywhere_is_refused() {
        byte[] iv = new byte[12];
        byte[] sealed = Sm4.gcmEncrypt(KEY, iv, new byte[0], new byte[20]);
        for (int bit = 0; bit < 8 * sealed.length; bit++) {
            byte[] forged = sealed.clone();
            forged[bit / 8] ^= (byte) (1 << bit % 8);
            assertThrows(MalformedInput.class, () -> Sm4.gcmDecrypt(KEY, iv, new byte[0], forged));
        }
    }

    @Test
    void keys_and_blocks_of_a_wrong_length_are_refused() {
        assertThrows(IllegalArgumentException.class, () -> new Sm4Cipher(new byte[15]));
        assertThrows(IllegalArgumentException.class, () -> new DesCipher(new byte[24]));
        assertThrows(IllegalArgumentException.class, () -> new Sm4Cipher(KEY).encryptBlock(new byte[8]));
        assertThrows(IllegalArgumentException.class, () -> new DesCipher(KEY).encryptBlock(new byte[16]));
    }

    @Test
    void padding_always_adds_a_block_to_aligned_data_and_padding_if_unaligned_does_not() {
        assertEquals(32, BlockModes.padAlways(new byte[16], 16).length);
        assertEquals(16, BlockModes.padIfUnaligned(new byte[16], 16).length);
        assertEquals("018000", Hex.of(BlockModes.padAlways(new byte[] {1}, 3)));
    }
}
