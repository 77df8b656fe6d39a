package io.zhitong.cos;

import static io.zhitong.cos.Vectors.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cardspec.SecureMessaging;
import io.zhitong.cos.state.CardProfile;
import io.zhitong.smcrypto.BlockModes;
import io.zhitong.smcrypto.DesCipher;
import io.zhitong.smcrypto.Hex;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * The profile fm1208 against traces of bought cards and worked examples of their manual (test-vectors/purse-3des.json),
 * and against frames that published readers of that chip send.
 */
class Fm1208Test {
    private static final String DF = "80E0 3F01 11 38 0800 F0 F0 95 FF FF A00000000386980701";
    private static final String KEY = "00112233445566778899AABBCCDDEEFF";

    private static Bench card() {
        return Bench.of(CardProfile.FM1208, Bench.seeded(1));
    }

    private static JsonNode vector(String id) {
        for (JsonNode v : Vectors.file("purse-3des.json").get("vectors")) {
            if (text(v, "id").equals(id)) {
                return v;
            }
        }
        throw new AssertionError("vector " + id + " is missing");
    }

    /** A DF with key file, purses and log; keys in clear as at the maker of cards. */
    private static Bench purse(String random, String... keys) {
        Bench bench = card();
        bench.ok(DF);
        bench.ok(Purses.SELECT);
        bench.ok("80E0 0000 07 3F 0180 95 F0 FF FF");
        for (String key : keys) {
            bench.ok(key);
        }
        bench.ok("80E0 0018 07 2E 0A17 F0 EF FF FF");
        bench.ok("80E0 0001 07 2F 0208 F0 00 FF 18");
        bench.ok("80E0 0002 07 2F 0208 F0 00 FF 18");
        bench.setPurse(2, 0, 0, 0, 0);
        return feed(bench, random);
    }

    private static Bench feed(Bench bench, String random) {
        Bench fed = bench.feeding(random);
        fed.ok(Purses.SELECT);
        return fed;
    }

    @Test
    void bought_card_has_an_empty_master_file_and_the_makers_ats_with_the_uid() {
        Bench card = card();
        assertEquals("107880a00220900000000000" + "08a1b2c3", Hex.of(card.card().reset()));
        card.expect("00A40000023F0000", "6F15840E315041592E5359532E4444463031A503880101 9000");
        card.expect("80D4010015 39F0F0AAFF" + KEY, "6A82");
        card.expect("0084000010", "6700");
        assertEquals(12, card.send("0084000004").length());
        card.expect("808A000001 00", "6D00").expect("84F6000004 00000000", "6D00");
    }

    @Test
    void worked_load_a_and_the_loads_c1_c2_of_a_bought_card() {
        String dlk = text(vector("A-load"), "DLK");
        Bench a = purse("11223344", "80D4010115 3FF0F00200" + dlk, "80D4010015 34F0F00200" + dlk);
        a.expect(text(vector("A-load"), "init_cmd"), text(vector("A-load"), "init_resp") + "9000");
        assertEquals(12, a.send(text(vector("A-load"), "credit_cmd")).length());
        Bench c1 = purse("E0B84748", "80D4010015 3FF0F00000" + KEY, "80D4010015 34F0F00100" + KEY);
        c1.expect(text(vector("C1-load-init"), "init_cmd"), text(vector("C1-load-init"), "init_resp"));
        JsonNode c2 = vector("C2-load-full");
        Bench second = purse("C903814D", "80D4010115 3FF0F00100" + KEY, "80D4010015 34F0F00100" + KEY);
        second.expect(text(c2, "init_cmd"), text(c2, "init_resp"));
        second.expect(text(c2, "credit_cmd"), text(c2, "credit_resp"));
        second.expect("805C000204", "00002000 9000");
        second.expect("00B201C417", "0001 000000 00002000 02 001122334455 20161216105800 9000");
    }

    @Test
    void worked_purchase_b() {
        JsonNode b = vector("B-purchase");
        String dpk = text(b, "DPK");
        Bench card = purse("", "80D4010115 3EF0F00100" + dpk, "80D4010015 34F0F00100" + KEY);
        card.setPurse(2, 0x1000, 0, 0, 0);
        Bench fed = feed(card, "11223344");
        fed.expect(text(b, "init_cmd"), "00001000" + text(b, "init_resp").substring(8) + "9000");
        // the TAC by openssl enc -des-cbc -K 8888888888888888, the XOR of the halves of the DTK
        fed.expect("805401000F 00000001 20120229135100" + text(b, "MAC1"), "B3A0D49C" + text(b, "MAC2") + "9000");
        fed.expect("805C000204", "00000000 9000");
        fed.expect("805A000602 0000", text(b, "MAC2") + "B3A0D49C9000");
    }

    /** MF with a key file and a control key of eight bytes FF, as the trace's card had it. */
    private static Bench master(String challenge) {
        Bench card = card();
        card.ok("80E0 0000 07 3F 0100 01 F0 FF FF");
        card.ok("80D401000D F9F0F0AAFF FFFFFFFFFFFFFFFF");
        card.ok("80D401010D F9F0F0AAFF 0000000000000000");
        return card.feeding(challenge);
    }

    @Test
    void sealed_key_writing_g1_g2_g3_under_single_des() {
        JsonNode g1 = vector("G1-SM-enc+mac");
        String three = text(g1, "challenge") + text(vector("G2"), "challenge") + text(vector("G3"), "challenge");
        Bench card = master(three + "0102030405060708");
        for (String id : new String[] {"G1-SM-enc+mac", "G2", "G3"}) {
            card.ok("0084000004");
            card.expect(text(vector(id), "cmd"), "9000");
        }
        // The new key 39/01 is in force: openssl enc -des-ecb -K 1122334455667788
        card.ok("0084000008");
        byte[] cryptogram = new DesCipher(Hex.parse("1122334455667788")).encryptBlock(Hex.parse("0102030405060708"));
        assertEquals("178f59f8578e0d3f", Hex.of(cryptogram));
        card.expect("0082000108" + Hex.of(cryptogram), "9000");
    }

    @Test
    void sealed_key_writing_with_a_flipped_mac_answers_6988() {
        Bench card = master(text(vector("G1-SM-enc+mac"), "challenge"));
        card.ok("0084000004");
        String frame = text(vector("G1-SM-enc+mac"), "cmd");
        card.expect(frame.substring(0, frame.length() - 1) + "7", "6988");
    }

    @Test
    void manual_examples_m1_m2_m3_with_keys_of_eight_bytes() {
        Bench bench = card();
        bench.ok("80E0 0000 07 3F 0100 01 F0 FF FF");
        bench.ok("80D401010D 39F0F04433" + text(vector("M1-extauth"), "key"));
        bench.ok("80D401010D 30F0F00598" + text(vector("M2-intauth"), "key"));
        bench.ok("80D401030D 32F0F00598" + text(vector("M3-intauth-mac"), "key"));
        Bench card = bench.feeding(text(vector("M1-extauth"), "challenge"));
        card.ok("0084000004");
        card.expect(text(vector("M1-extauth"), "cmd"), "9000");
        card.expect(text(vector("M2-intauth"), "cmd"), text(vector("M2-intauth"), "resp"));
        card.expect(text(vector("M3-intauth-mac"), "cmd"), text(vector("M3-intauth-mac"), "resp"));
    }

    @ParameterizedTest
    @CsvSource({"FF, 0, 0", "7F, 0, 0", "7E, 0, 1", "70, 3, 3", "7B, 1, 0"})
    void flags_name_line_keys_downwards(String flags, int readKey, int writeKey) {
        Bench card = card();
        card.ok("80E0 0000 07 3F 0100 01 F0 FF FF");
        String[] keys = new String[4];
        for (int id = 0; id < 4; id++) {
            keys[id] = "3" + id + KEY.substring(2);
            card.ok(String.format("80D401%02X15 36F0F0FF33%s", id, keys[id]));
        }
        card.ok("80E0 0003 07 A8 0010 F0 F0 FF" + flags);
        card.expect(frame(card, keys[writeKey], "04D68300", KEY), "9000");
        if (!flags.equals("FF")) {
            String read = frame(card, keys[readKey], "04B08300", "") + "10";
            String answer = card.ok(read);
            assertEquals(KEY, answer.substring(0, 32), "Le counts the content only");
            assertEquals(40, answer.length());
        }
    }

    private static String frame(Bench card, String key, String header, String data) {
        byte[] challenge = Hex.parse(card.ok("0084000004"));
        byte[] body = Hex.parse(data.toLowerCase(Locale.ROOT));
        byte[] mac = SecureMessaging.commandMac(
                CardAlgorithm.TRIPLE_DES,
                Hex.parse(key.toLowerCase(Locale.ROOT)),
                challenge,
                Hex.parse(header.toLowerCase(Locale.ROOT)),
                body);
        return header + String.format("%02X", body.length + 4) + Hex.of(body) + Hex.of(mac);
    }

    @Test
    void encrypted_file_is_answered_encrypted() {
        Bench card = card();
        card.ok("80E0 0000 07 3F 0100 01 F0 FF FF");
        card.ok("80D4010015 36F0F0FF33" + KEY);
        card.ok("80E0 0004 07 E8 0010 F0 F0 FF 7F");
        byte[] plain = SecureMessaging.encrypt(CardAlgorithm.TRIPLE_DES, key(), Hex.parse("a1a2a3"));
        card.expect(frame(card, KEY, "04D68400", Hex.of(plain)), "9000");
        String answer = card.ok(frame(card, KEY, "04B08400", "") + "03");
        byte[] sealed = Hex.parse(answer.substring(0, 16).toLowerCase(Locale.ROOT));
        byte[] opened = BlockModes.ecbDecrypt(CardAlgorithm.TRIPLE_DES.cipher(key()), sealed);
        assertEquals("03a1a2a380000000", Hex.of(opened));
        assertEquals(24, answer.length());
    }

    private static byte[] key() {
        return Hex.parse(KEY.toLowerCase(Locale.ROOT));
    }

    /** The set-up that a published reader of this chip runs, frame by frame. */
    @Test
    void frames_of_a_published_reader_build_its_test_card() {
        Bench card = card();
        card.ok("00A40000023F0000");
        card.ok("80E0000107 3F0040 00 F0 FFFF");
        card.ok("80D4010015 F9F0F0AAFF" + "FF".repeat(16));
        byte[] line =
                SecureMessaging.encrypt(CardAlgorithm.TRIPLE_DES, ff(), Hex.parse("f6f0f0ffff" + "3f".repeat(16)));
        card.expect(frame(card, "FF".repeat(16), "84D40100", Hex.of(line)), "9000");
        card.ok("80D4010008 3AF0EF01FF123456");
        card.ok("80E0000207 A80200F0F1FF7F");
        card.ok("80E0000307 2A0208F0F0FFFF");
        card.ok("80E0000407 2E0208F0F0FFFF");
        card.ok("80E0000507 2C0208F0F0FFFF");
        card.ok("0020000003123456");
        card.ok("00A40000020002");
        String content = "112233445566778899" + "00AABBCCDDEEFF";
        card.expect(frame(card, "3F".repeat(16), "04D60000", content), "9000");
        assertTrue(card.ok(frame(card, "3F".repeat(16), "04B00000", "") + "10").startsWith(content));
        card.ok("00DC011C08 1122334455667788");
        card.expect("00B2011C08", "1122334455667788 9000");
        card.ok("00E2002408 1122334455667788");
        card.expect("00B2012408", "1122334455667788 9000");
        card.ok("00DC012C08 BB06112233445566");
        card.expect("00B2012C00", "BB06112233445566 9000");
        card.expect("00DC012C07 BB051122334455", "6A83");
        readerDirectory(card);
    }

    private static byte[] ff() {
        byte[] key = new byte[16];
        Arrays.fill(key, (byte) 0xFF);
        return key;
    }

    private static void readerDirectory(Bench card) {
        card.ok("80E0DF010F 3801F1F0F0957FFF 54657374446972");
        card.ok("00A4000002DF0100");
        card.ok("80E0000007 3F00B095F0FFFF");
        card.ok("80E0001507 A8001EF0F0FF7F");
        card.ok("80E0001607 A80037F0F0FF7F");
        card.ok("80E0000207 2F0208F000FF18");
        card.ok("80E0001807 2E0217F1EFFFFF");
        card.ok("80E0001707 AC0040F0F0FFFF");
        byte[] first =
                SecureMessaging.encrypt(CardAlgorithm.TRIPLE_DES, ff(), Hex.parse("f9f0f0aaff" + "5f".repeat(16)));
        card.expect(frame(card, "FF".repeat(16), "84D40100", Hex.of(first)), "9000");
        card.ok("80D4010008 3AF0EF01FF123456");
        card.ok("80D4010015 34F0EF0300" + KEY).concat(card.ok("80D4010115 3EF0F00100" + KEY));
        card.ok("80D4010015 3FF0F00001" + KEY);
        card.expect("805000020B 00000000C8303030303030 10", "6985");
        card.ok("0020000003123456");
        String init = card.ok("805000020B 00000000C8303030303030 10");
        assertEquals("000000000000" + "0001", init.substring(0, 16));
    }

    @Test
    void finished_transaction_takes_the_pin_away() {
        Bench card =
                purse("", "80D4010115 3FF0F00100" + KEY, "80D4010015 34F0F00100" + KEY, "80D4010008 3AF0EF0133123456");
        Bench fed = feed(card, "C903814D");
        fed.ok("0020000003123456");
        fed.ok(text(vector("C2-load-full"), "init_cmd"));
        fed.expect(text(vector("C2-load-full"), "credit_cmd"), "FA00066D9000");
        fed.expect(text(vector("C2-load-full"), "init_cmd"), "6985");
        fed.expect("805C000204", "00002000 9000");
    }

    @Test
    void access_bytes_of_a_new_df_wait_until_it_is_selected_again() {
        Bench card = card();
        card.ok("80E0 3F01 11 38 0400 F1 F1 95 FF FF A00000000386980701");
        card.ok(Purses.SELECT);
        card.ok("80E0 0000 07 3F 0080 95 F1 FF FF");
        card.ok("80D4010015 39F0F00133" + KEY);
        card.ok("80E0 0015 07 28 001E F1 F1 FF FF");
        card.ok("00D69500021122");
        card.ok(Purses.SELECT);
        card.expect("00D69500021122", "6982").expect("80E0 0016 07 28 001E F1 F1 FF FF", "6982");
        card.expect("800E0000", "6982").expect("80D4010115 39F0F00133" + KEY, "6982");
    }

    /** The maker's list of instructions has PIN, blocking and CAPP, but nothing of class E0. */
    @Test
    void bought_card_knows_the_purse_family_and_no_grey_lock() {
        Bench card = Bench.of(CardProfile.FM1208, Bench.seeded(1));
        for (String known :
                List.of("80DC01B8", "80580000", "805E0100", "84240000", "841E0000", "84180000", "84160000")) {
            String answer = card.send(known + "01AA");
            assertTrue(!answer.equals("6D00") && !answer.equals("6E00"), known + " answers " + answer);
        }
        for (String foreign : List.of("E07A08020701440300000001", "E0CA00021E", "E0FF0000", "808A0000", "80E40000")) {
            String answer = card.send(foreign);
            assertEquals(foreign.startsWith("E0") ? "6E00" : "6D00", answer, foreign);
        }
    }

    @Test
    void erased_df_is_free_again_and_keys_of_sm4_are_not_taken() {
        Bench card = card();
        card.ok("80E0 3F01 11 38 0400 F1 F0 95 FF FF A00000000386980701");
        card.ok(Purses.SELECT);
        card.ok("80E0 0000 07 3F 0080 95 F1 FF FF");
        card.expect("80D4010115 3FF0F00104" + KEY, "6A80").expect("80D4010115 3FF0F00194" + KEY, "6A80");
        card.expect("80D4010105 3FF0F00100", "6700");
        card.ok(Purses.SELECT);
        card.expect("80E0 0015 07 28 001E F1 F1 FF FF", "6982");
        card.ok("800E0000");
        card.ok("80E0 0000 07 3F 0080 95 F1 FF FF");
        card.ok("80E0 0015 07 28 001E F1 F1 FF FF");
    }

    @Test
    void our_own_cards_have_none_of_these_habits() {
        Bench card = Bench.blank();
        card.ok("80E0 3F01 11 38 0400 F1 F1 95 FF FF A00000000386980701");
        card.ok(Purses.SELECT);
        card.expect("80E0 0000 07 3F 0080 95 F1 FF FF", "6982");
        assertEquals(Hex.of(card.card().ats()), "0878" + "77a002" + "5a5401");
    }

    @Test
    void eight_kilobytes_are_all() {
        Bench card = card();
        card.expect("80E0 3F02 0D 38 2001 F0 F0 95 FF FF 4142434445", "6A84");
        card.ok("80E0 3F01 0D 38 1500 F0 F0 95 FF FF 4142434445");
        card.expect("80E0 3F02 0D 38 0B00 F0 F0 95 FF FF 4142434446", "6A84");
    }
}
