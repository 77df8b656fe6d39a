package io.zhitong.cos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cos.state.CardProfile;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.Sm4;
import org.junit.jupiter.api.Test;

/** Keys, authentication and secure messaging. */
class KeysTest {
    private final Bench card = Purses.personalise(Bench.blank());

    @Test
    void challenge_serves_the_next_command_only() {
        byte[] challenge = Hex.parse(card.ok("0084000010"));
        String cryptogram = Hex.of(Sm4.encryptBlock(Hex.parse(Purses.CONTROL), challenge));
        card.ok("805C000204");
        card.expect("00820000 10" + cryptogram, "6984");
        card.expect("0084000005", "6700");
        card.expect("0084000000", "6700");
        card.expect("0084000108", "6A86");
    }

    @Test
    void external_authentication_reaches_the_status_and_select_clears_it() {
        card.ok("80E00019 07 28 0004 F1 F1 FF 00");
        card.expect("00B0990000", "6982");
        authenticate(Purses.CONTROL);
        card.expect("00B0990000", "00000000 9000");
        card.ok(Purses.SELECT);
        card.expect("00B0990000", "6982");
    }

    private void authenticate(String key) {
        byte[] challenge = Hex.parse(card.ok("0084000010"));
        card.ok("00820000 10" + Hex.of(Sm4.encryptBlock(Hex.parse(key), challenge)));
    }

    @Test
    void wrong_cryptogram_counts_down_to_the_block() {
        for (String sw : new String[] {"63C2", "63C1", "63C0", "6983", "6983"}) {
            card.ok("0084000010");
            card.expect("00820000 10" + "00".repeat(16), sw);
        }
    }

    @Test
    void right_cryptogram_gives_the_tries_back() {
        card.ok("0084000010");
        card.expect("00820000 10" + "00".repeat(16), "63C2");
        authenticate(Purses.CONTROL);
        card.ok("0084000010");
        card.expect("00820000 10" + "00".repeat(16), "63C2");
        card.expect("00820000 10" + "00".repeat(16), "6984");
        card.ok("0084000008");
        card.expect("00820000 10" + "00".repeat(16), "6700");
        card.expect("00820009 10" + "00".repeat(16), "6A88");
    }

    @Test
    void protected_file_takes_no_plain_data_and_no_wrong_mac() {
        card.ok("80E00019 07 A8 0004 F0 F0 FF 00");
        card.expect("00D69900 02 A1A2", "6987");
        card.expect("04D69900 06 A1A200000000", "6984");
        card.ok("0084000008");
        card.expect("04D69900 06 A1A200000000", "6988");
        card.ok("0084000008");
        card.expect("04D69900 03 A1A200", "6987");
        card.expect("00B0990000", "6987");
        card.expect(card.macFrame(Purses.DAMK, 8, "04D69900", "A1A2"), "9000");
        String read = card.macFrame(Purses.DAMK, 16, "04B09900", "");
        assertEquals("A1A20000", card.ok(read + "08").substring(0, 8));
        card.expect(card.macFrame(Purses.DAMK, 16, "04B09900", "") + "09", "6C08");
    }

    @Test
    void mac_under_the_challenge_before_last_is_refused() {
        card.ok("80E00019 07 A8 0004 F0 F0 FF 80");
        String replay = card.macFrame(Purses.DAMK, 8, "04D69900", "A1A2");
        card.ok(replay);
        card.expect(replay, "6984");
        card.ok("0084000008");
        card.expect(replay, "6988");
        card.expect("00B0990000", "A1A20000 9000");
    }

    @Test
    void line_protection_key_blocks_after_its_tries() {
        card.ok("80E00019 07 A8 0004 F0 F0 FF 80");
        for (String sw : new String[] {"6988", "6988", "6988", "6983"}) {
            card.ok("0084000008");
            card.expect("04D69900 06 A1A200000000", sw);
        }
    }

    @Test
    void encrypted_file_takes_encrypted_data_only() {
        card.ok("80E00019 07 E8 0014 F0 F0 FF 80");
        card.expect(card.sealedFrame(Purses.DAMK, "04D69900", "010203"), "9000");
        card.expect("00B0990003", "010203 9000");
        card.expect(card.macFrame(Purses.DAMK, 16, "04D69900", "00".repeat(16)), "6A80");
        card.expect(card.macFrame(Purses.DAMK, 16, "04D69900", "0000"), "6A80");
        card.expect("00B0990003", "010203 9000");
    }

    @Test
    void protected_record_file_is_appended_and_read_with_mac() {
        card.ok("80E0001A 07 AA 0204 F0 F0 FF 00");
        card.expect("00E200D0 04 01020304", "6987");
        card.expect(card.macFrame(Purses.DAMK, 8, "04E200D0", "01020304"), "9000");
        assertEquals(
                "01020304",
                card.ok(card.macFrame(Purses.DAMK, 8, "04B201D4", "") + "08").substring(0, 8));
    }

    @Test
    void key_is_written_encrypted_under_the_control_key_with_a_whole_block_challenge() {
        String data = "FEF0F00204" + "5e".repeat(16);
        card.expect(card.macFrame(Purses.CONTROL, 8, "84D40102", "00".repeat(32)), "6984");
        card.expect(card.sealedFrame(Purses.CONTROL, "84D40102", data), "9000");
        assertEquals(
                "02", card.ok("805001020B02" + "00000000" + Purses.TERMINAL).substring(18, 20));
        card.expect("80D4 3E02 15 3EF0F00304" + "5f".repeat(16), "6982");
        card.expect(card.sealedFrame(Purses.CONTROL, "84D4FE02", "FEF0F00304" + "5f".repeat(16)), "9000");
        assertEquals(
                "03", card.ok("805001020B02" + "00000000" + Purses.TERMINAL).substring(18, 20));
    }

    @Test
    void key_is_not_added_twice_and_not_replaced_by_another_type() {
        card.expect("80D4 0101 15 3EF0F00104" + Purses.DPK, "6985");
        card.expect("80D4 3E09 15 3EF0F00104" + Purses.DPK, "6A88");
        card.expect("80D4 3E01 15 3FF0F00104" + Purses.DPK, "6A80");
        card.expect("80D4 3301 15 3EF0F00104" + Purses.DPK, "6A86");
        card.expect("80D4 0109 15 33F0F00104" + Purses.DPK, "6A80");
        card.expect("80D4 0109 15 3EF0F00107" + Purses.DPK, "6A80");
        card.expect("80D4 0109 14 3EF0F00104" + Purses.DPK.substring(2), "6700");
        card.expect("80D4 0109 15 39F0F00134" + Purses.DPK, "6A80");
    }

    @Test
    void key_that_may_never_change_does_not() {
        card.ok("80D4 0103 15 3EF0EF0104" + Purses.DPK);
        card.expect("80D4 3E03 15 3EF0F00204" + Purses.DPK, "6982");
        card.expect(card.sealedFrame(Purses.CONTROL, "84D43E03", "3EF0F00204" + Purses.DPK), "6982");
    }

    @Test
    void key_file_that_is_full_answers_6A84() {
        String answer = "9000";
        for (int id = 0x10; id < 0x40 && answer.equals("9000"); id++) {
            answer = card.send(String.format("80D401%02X15", id) + "3EF0F00104" + Purses.DPK);
        }
        assertEquals("6A84", answer);
    }

    @Test
    void fresh_card_takes_its_first_keys_under_the_transport_key() {
        Bench fresh = Bench.of(CardProfile.COMMUNITY, Bench.seeded(4));
        String own = Hex.of(CardAlgorithm.SM4.diversify(Bench.BATCH_KEY, Bench.CHIP.chipId()));
        byte[] challenge = Hex.parse(fresh.ok("0084000010"));
        fresh.ok("00820000 10" + Hex.of(Sm4.encryptBlock(Hex.parse(own), challenge)));
        fresh.ok("80E03F01 11 38 0600 F0 F0 95 FF FF A00000000386980701");
        fresh.ok(Purses.SELECT);
        fresh.ok("80E00000 07 3F 0180 95 EF FF FF");
        fresh.expect("80D4 0100 15 39 F0 F0 0F 33" + Purses.CONTROL, "6982");
        fresh.expect(fresh.sealedFrame(own, "84D40100", "F9F0F00F33" + Purses.CONTROL), "6982");
        fresh.ok("800E0000");
        fresh.ok("80E00000 07 3F 0180 95 01 FF FF");
        fresh.expect(fresh.sealedFrame(own, "84D40100", "F9F0F00F33" + Purses.CONTROL), "9000");
        fresh.expect(fresh.sealedFrame(own, "84D40101", "FEF0F00104" + Purses.DPK), "6988");
        fresh.expect(fresh.sealedFrame(Purses.CONTROL, "84D40101", "FEF0F00104" + Purses.DPK), "9000");
        fresh.ok("00A4000002 3F00");
        fresh.expect(fresh.sealedFrame(own, "84D43900", "F9F0F00F33" + Purses.CONTROL), "9000");
        fresh.expect(fresh.sealedFrame(own, "84D43900", "F9F0F00F33" + Purses.CONTROL), "6988");
    }

    @Test
    void internal_authentication_encrypts_decrypts_and_macs() {
        String key = "0123456789abcdeffedcba9876543210";
        card.ok("80D4 0101 15 30F0F00104" + key);
        card.ok("80D4 0101 15 31F0F00104" + key);
        card.ok("80D4 0101 15 32F0F00104" + key);
        // GB/T 32907 appendix A: the block that SM4 makes of its own key
        card.expect("00880001 10" + key, "681EDF34D206965E86B3E94F536E4246" + "9000");
        card.expect("00880101 10 681EDF34D206965E86B3E94F536E4246", "0123456789ABCDEFFEDCBA98765432109000");
        assertEquals(8, card.ok("00880201 03 010203").length());
        card.expect("00880001 08 0102030405060708", "6700");
        card.expect("00880301 10" + key, "6A86");
        card.expect("00880005 10" + key, "6A88");
    }
}
