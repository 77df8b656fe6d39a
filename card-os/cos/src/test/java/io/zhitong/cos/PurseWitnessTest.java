package io.zhitong.cos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every cryptogram of the SM4 purse, computed beside the card by {@link Witness} from the table of docs/card.md. */
class PurseWitnessTest {
    private static final String TERMINAL = "440300000001";
    private static final String TIME = "20261121120000";
    private static final String KEY_OF_LOAD = Purses.DLK;
    private final Bench card = Bench.blank();

    @BeforeEach
    void personalise() {
        Purses.personalise(card);
    }

    @Test
    void witness_agrees_with_the_published_block_of_sm4() {
        // GB/T 32907 appendix A
        String key = "0123456789abcdeffedcba9876543210";
        assertEquals("681EDF34D206965E86B3E94F536E4246", Witness.ecb(key, key));
    }

    @ParameterizedTest(name = "load of {2} fen, type {1}")
    @CsvSource({"01, 01, 0000000A", "02, 02, 00002710", "02, 02, 00000000", "01, 01, FFFFFFFF"})
    void load(String purse, String type, String amount) {
        String init = card.ok("805000" + purse + "0B01" + amount + TERMINAL + "10");
        String random = init.substring(16, 24);
        assertEquals("00000000" + "0000" + "0104", init.substring(0, 16));
        String session = Witness.derive(KEY_OF_LOAD, random + "0000" + "8000");
        assertEquals(Witness.mac4(session, "00000000" + amount + type + TERMINAL), init.substring(24));
        String mac2 = Witness.mac4(session, amount + type + TERMINAL + TIME);
        String tac = card.ok("805200000B" + TIME + mac2 + "04");
        assertEquals(Witness.mac4(Purses.DTK, amount + "0000" + amount + type + TERMINAL + TIME), tac);
        card.expect("805A00" + type + "02000008", "00000000" + tac + "9000");
        card.expect("805C00" + purse + "04", amount + "9000");
    }

    @ParameterizedTest(name = "P1 {0}, P2 {1}: type {2}")
    @CsvSource({"01, 01, 05", "01, 02, 06", "02, 01, 04", "03, 02, 09"})
    void debit(String p1, String p2, String type) {
        card.setPurse(Integer.parseInt(p2), 1000, 7, 0x00FE, 0x012345);
        card.ok(Purses.SELECT);
        String init = card.ok("8050" + p1 + p2 + "0B01" + "000000FA" + TERMINAL + "0F");
        assertEquals("000003E8" + "00FE" + "012345" + "0104", init.substring(0, 22));
        // the session takes the last two bytes of the terminal's number only
        String session = Witness.derive(Purses.DPK, init.substring(22) + "00FE" + "BEEF");
        String mac1 = Witness.mac4(session, "000000FA" + type + TERMINAL + TIME);
        String answer = card.ok("805401000F" + "DEADBEEF" + TIME + mac1 + "08");
        assertEquals(
                Witness.mac4(Purses.DTK, "000000FA" + type + TERMINAL + "DEADBEEF" + TIME), answer.substring(0, 8));
        assertEquals(Witness.mac4(session, "000000FA"), answer.substring(8));
        card.expect("805A00" + type + "0200FE08", answer.substring(8) + answer.substring(0, 8) + "9000");
        card.expect("805C00" + p2 + "04", "000002EE9000");
        card.expect("00B201C417", "00FF" + "012345" + "000000FA" + type + TERMINAL + TIME + "9000");
    }

    @Test
    void unload() {
        card.setPurse(1, 1000, 0x0102, 9, 0);
        card.ok(Purses.SELECT);
        String init = card.ok("805005010B01" + "000003E8" + TERMINAL + "10");
        assertEquals("000003E8" + "0102" + "0104", init.substring(0, 16));
        String session = Witness.derive(Purses.DULK, init.substring(16, 24) + "0102" + "8000");
        assertEquals(Witness.mac4(session, "000003E8" + "000003E8" + "03" + TERMINAL), init.substring(24));
        String mac2 = Witness.mac4(session, "000003E8" + "03" + TERMINAL + TIME);
        String mac3 = card.ok("805403000B" + TIME + mac2 + "04");
        assertEquals(Witness.mac4(session, "00000000" + "0102" + "000003E8" + "03" + TERMINAL + TIME), mac3);
        card.expect("805A000302010208", mac3 + "00000000" + "9000");
        card.expect("805C000104", "000000009000");
        card.expect("00B201C417", "0103" + "000000" + "000003E8" + "03" + TERMINAL + TIME + "9000");
    }

    @Test
    void sam_makes_the_mac1_of_root_city_and_card() {
        Bench sam = SamTest.personalise();
        String root = SamTest.MASTER;
        String dpk = Witness.derive(Witness.derive(root, SamTest.CITY), SamTest.SERIAL);
        String session = Witness.derive(dpk, "A1B2C3D4" + "0007" + "0000");
        String answer = sam.ok("8070000024" + "A1B2C3D4" + "0007" + "000000FA" + "06" + TIME + "0104" + SamTest.SERIAL
                + SamTest.CITY + "08");
        assertEquals("00000000", answer.substring(0, 8));
        assertEquals(Witness.mac4(session, "000000FA" + "06" + TERMINAL + TIME), answer.substring(8));
        sam.ok("8072000004" + Witness.mac4(session, "000000FA"));
    }

    @Test
    void sam_delivers_a_key_three_levels_down() {
        Bench sam = SamTest.personalise();
        String community = "0000000000440301";
        String key =
                Witness.derive(Witness.derive(Witness.derive(SamTest.MASTER, SamTest.CITY), community), SamTest.SERIAL);
        sam.ok("801A7001 18" + SamTest.SERIAL + community + SamTest.CITY);
        assertEquals(Witness.ecb(key, "11".repeat(32)), sam.ok("80FA0000 20" + "11".repeat(32)));
        sam.ok("801A7B01 18" + SamTest.SERIAL + community + SamTest.CITY);
        String message = "5A544631" + "C3".repeat(100);
        assertEquals(Witness.cmac(key, message, 8), sam.ok("80FA1000 68" + message));
        sam.ok("801A7201 18" + SamTest.SERIAL + community + SamTest.CITY);
        String iv = "0F".repeat(16);
        assertEquals(Witness.mac4(key, iv, "A1".repeat(32)), sam.ok("80FA0500 30" + iv + "A1".repeat(32)));
        sam.ok("801A7601 18" + SamTest.SERIAL + community + SamTest.CITY);
        assertEquals(Witness.mac4(key, iv, "04D69500060102"), sam.ok("80FA0500 17" + iv + "04D69500060102"));
    }

    @Test
    void secure_messaging_of_a_read_and_a_write() {
        card.ok("80E00019 07 A8 0004 F0 F0 FF 00");
        String challenge = card.ok("0084000004");
        String iv = challenge + "00".repeat(12);
        String write = "04D69900" + "08" + "A1A2A3A4";
        card.ok(write + Witness.mac4(Purses.DAMK, iv, write));
        iv = card.ok("0084000008") + "00".repeat(8);
        String read = "04B09900" + "04";
        String answer = card.ok(read + Witness.mac4(Purses.DAMK, iv, read) + "08");
        assertEquals("A1A2A3A4" + Witness.mac4(Purses.DAMK, iv, "A1A2A3A4"), answer);
    }

    @ParameterizedTest(name = "{0} bytes, encrypted in {1} blocks")
    @CsvSource({"1, 1", "14, 1", "15, 1", "16, 2", "31, 2", "32, 3"})
    void encrypted_write_pads_only_what_is_not_aligned(int length, int blocks) {
        card.ok("80E0001B 07 E8 0040 F0 F0 FF 80");
        String data = "5A".repeat(length);
        String plain = String.format("%02X", length) + data;
        if (plain.length() % 32 != 0) {
            plain += "80" + "00".repeat((30 - plain.length() % 32) / 2);
        }
        String sealed = Witness.ecb(Purses.DAMK, plain);
        assertEquals(32 * blocks, sealed.length());
        String iv = card.ok("0084000010");
        String write = "04D69B00" + String.format("%02X", 16 * blocks + 4) + sealed;
        card.ok(write + Witness.mac4(Purses.DAMK, iv, write));
        card.expect("00B09B00" + String.format("%02X", length), data + "9000");
        String whole = card.ok("00B09B00");
        assertEquals(data + "00".repeat(64 - length), whole);
    }

    @Test
    void external_authentication_in_both_lengths() {
        String c16 = card.ok("0084000010");
        card.expect("0082000010" + Witness.ecb(Purses.CONTROL, c16), "9000");
        String c8 = card.ok("0084000008");
        String block = Witness.ecb(Purses.CONTROL, c8 + "00".repeat(8));
        long folded =
                Long.parseUnsignedLong(block.substring(0, 16), 16) ^ Long.parseUnsignedLong(block.substring(16), 16);
        card.expect("0082000008" + String.format("%016X", folded), "9000");
        card.ok("0084000008");
        card.expect("0082000008" + String.format("%016X", folded), "63C2");
    }

    @Test
    void fast_access_answer() {
        Bench fed = Accesses.selected(Accesses.personalise(""), "");
        String fci = Vectors.text(Accesses.FILE, "fci");
        String key = Vectors.text(Accesses.FILE.get("cases").get(3), "cardKey");
        String frame = "808A01011E" + "0100" + "0000002A00000007" + "65000000" + "5C".repeat(16);
        String answer = fed.ok(frame + "00");
        assertEquals("01" + Accesses.CREDENTIAL, answer.substring(0, 34));
        String length = String.format("%04X", fci.length() / 2);
        String covered = "5A544631" + length + fci + "00" + frame + answer.substring(0, 34);
        assertEquals(Witness.cmac(key, covered, 8), answer.substring(34));
        String measured = fed.ok("808B000004A1B2C3D408");
        String again = fed.ok(frame + "00");
        String distance = "0C" + "A1B2C3D4" + measured;
        covered = "5A544631" + length + fci + distance + frame + again.substring(0, 34);
        assertEquals(Witness.cmac(key, covered, 8), again.substring(34));
    }
}
