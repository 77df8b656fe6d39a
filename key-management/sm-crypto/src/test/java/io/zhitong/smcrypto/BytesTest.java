package io.zhitong.smcrypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class BytesTest {
    @Test
    void a_layout_reads_back_what_was_written() {
        byte[] raw = new ByteWriter()
                .u8(255)
                .u16(0x1234)
                .u24(0x010203)
                .u32(0xFFFFFFFFL)
                .u64(-1)
                .ascii("ZT")
                .sized(new byte[] {9})
                .text("门")
                .toByteArray();
        assertEquals("ff1234010203ffffffffffffffffffffffff5a540001090003e997a8", Hex.of(raw));
        ByteReader in = new ByteReader(raw);
        assertEquals(255, in.u8());
        assertEquals(0x1234, in.u16());
        assertEquals(0x010203, in.u24());
        assertEquals(0xFFFFFFFFL, in.u32());
        assertEquals(-1, in.u64());
        in.magic("ZT");
        assertArrayEquals(new byte[] {9}, in.sized());
        assertEquals("门", in.text());
        in.end();
    }

    @Test
    void every_cut_of_a_layout_is_refused() {
        byte[] raw = new ByteWriter().u32(1).sized(new byte[] {1, 2, 3}).toByteArray();
        for (int cut = 0; cut < raw.length; cut++) {
            ByteReader in = new ByteReader(java.util.Arrays.copyOf(raw, cut));
            assertThrows(MalformedInput.class, () -> {
                in.u32();
                in.sized();
            });
        }
    }

    @Test
    void bytes_behind_the_end_a_wrong_mark_and_broken_text_are_refused() {
        assertThrows(MalformedInput.class, () -> new ByteReader(new byte[1]).end());
        assertThrows(MalformedInput.class, () -> new ByteReader(new byte[] {1, 2}).magic("ZT"));
        assertThrows(MalformedInput.class, () -> new ByteReader(new byte[] {0, 1, (byte) 0xFF}).text());
    }

    @Test
    void a_number_too_large_for_its_field_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> new ByteWriter().u8(256));
        assertThrows(IllegalArgumentException.class, () -> new ByteWriter().u16(-1));
        assertThrows(IllegalArgumentException.class, () -> new ByteWriter().u32(1L << 32));
    }

    @Test
    void hex_refuses_odd_digits_and_strange_characters_without_repeating_them() {
        assertArrayEquals(new byte[] {(byte) 0xAB, 1}, Hex.parse("aB 01"));
        MalformedInput odd = assertThrows(MalformedInput.class, () -> Hex.parse("abc"));
        MalformedInput strange = assertThrows(MalformedInput.class, () -> Hex.parse("<script>"));
        assertFalse((odd.getMessage() + strange.getMessage()).contains("script"));
    }

    @Test
    void a_secret_shows_nothing_and_is_gone_after_closing() {
        SecretBytes secret = SecretBytes.copyOf(new byte[] {0x5A, 0x5A});
        assertEquals("SecretBytes[2 bytes, redacted]", secret.toString());
        assertEquals(secret, SecretBytes.copyOf(new byte[] {0x5A, 0x5A}));
        assertNotEquals(secret, SecretBytes.copyOf(new byte[] {0x5A, 0x5B}));
        assertNotEquals(secret, SecretBytes.copyOf(new byte[] {0x5A}));
        secret.close();
        assertThrows(IllegalStateException.class, () -> secret.export(SecretAccess.TOKEN));
        assertEquals("SecretBytes[closed]", secret.toString());
    }

    @Test
    void closing_wipes_the_array_that_was_taken_over() {
        byte[] key = {1, 2, 3};
        SecretBytes.takeOver(key).close();
        assertArrayEquals(new byte[3], key);
    }

    @Test
    void a_chain_depends_on_every_record_and_their_order() {
        byte[] start = HashChain.start();
        byte[] ab = HashChain.next(HashChain.next(start, new byte[] {1}), new byte[] {2});
        byte[] ba = HashChain.next(HashChain.next(start, new byte[] {2}), new byte[] {1});
        assertNotEquals(Hex.of(ab), Hex.of(ba));
        assertEquals(Hex.of(Sm3.hash(start, new byte[] {1})), Hex.of(HashChain.next(start, new byte[] {1})));
        assertThrows(IllegalArgumentException.class, () -> HashChain.next(new byte[31], new byte[0]));
    }
}
