package io.zhitong.cos;

import static io.zhitong.cos.Vectors.text;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cardspec.PurseCryptograms;
import io.zhitong.cos.state.CardProfile;
import io.zhitong.smcrypto.DesCipher;
import io.zhitong.smcrypto.Hex;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The profile psam-fmcos: key writing and files of a bought PSAM as traced, 3DES purchases, the number rises at CREDIT. */
class BoughtSamTest {
    private static final String MASTER = "00112233445566778899AABBCCDDEEFF";
    private static final String SERIAL = "1122334455667788";

    private static JsonNode vector(String list, String id) {
        for (JsonNode v : Vectors.file("purse-3des.json").get(list)) {
            if (text(v, "id").equals(id)) {
                return v;
            }
        }
        throw new AssertionError("vector " + id + " is missing");
    }

    /** After the trace's key writing; its challenge is the first thing drawn. */
    private static Bench sam() {
        Bench bench = Bench.of(CardProfile.PSAM_FMCOS, Bench.seeded(1));
        bench.ok("80E00000 07 3F 0080 01 F0 FF FF");
        bench.ok("80E00015 07 28 000E F0 F0 FF FF");
        bench.ok("00D69500 0E 2301010100000021224101010101");
        bench.ok("80E00016 07 28 0006 F0 F0 FF FF");
        bench.ok("00D69600 06 012300033D11");
        bench.ok("80E0DF02 0D 38 0400 F0 F0 01 FF FF 5053414D31");
        bench.ok("00A4000002DF02");
        bench.ok("80E00000 07 3F 0200 01 F0 FF FF");
        bench.ok("80D40100 15 39F0F0AAFF" + MASTER);
        bench.ok("80E00019 07 28 0004 F0 EF FF FF");
        Bench fed = bench.feeding(text(vector("vectors", "D-psam-writekey"), "challenge"));
        fed.ok("00A4000002DF02");
        fed.ok("0084000004");
        fed.expect(text(vector("vectors", "D-psam-writekey"), "cmd"), "9000");
        return Bench.on(fed.card().nvm(), Bench.seeded(2));
    }

    private static String init(String version) {
        return "807000001C" + "A1A2A3A4" + "0001" + "00000064" + "06" + "20261121101112" + version + "00" + SERIAL
                + "08";
    }

    @Test
    void files_answer_as_the_traces_t4_and_t5() {
        Bench sam = sam();
        sam.ok("00A40000023F00");
        for (String id : List.of("T4-PSAM-0015", "T5-PSAM-0016")) {
            sam.expect(text(vector("traces_without_keys", id), "cmd"), text(vector("traces_without_keys", id), "resp"));
        }
    }

    @Test
    void key_of_trace_d_is_the_purchase_master_and_number_rises_at_credit() {
        Bench sam = sam();
        sam.ok("00A4000002DF02");
        // E-diversify: the card's key, by the published pair
        byte[] dpk = Hex.parse(text(vector("vectors", "E-diversify"), "DK").toLowerCase(java.util.Locale.ROOT));
        byte[] session = new DesCipher(dpk).encryptBlock(PurseCryptograms.offlineSeed(Hex.parse("a1a2a3a4"), 1, 0));
        byte[] covered = Hex.parse("0000006406" + "012300033d11" + "20261121101112");
        String mac1 = Hex.of(CardAlgorithm.TRIPLE_DES.mac4(session, covered)).toUpperCase(java.util.Locale.ROOT);
        sam.expect(init("00"), "00000000" + mac1 + "9000");
        sam.expect(init("00"), "00000000" + mac1 + "9000");
        byte[] mac2 = CardAlgorithm.TRIPLE_DES.mac4(session, PurseCryptograms.purchaseMac2(100));
        sam.expect("8072000004" + Hex.of(mac2), "9000");
        assertEquals("00000001", sam.ok(init("00")).substring(0, 8));
        sam.expect("807200000400000000", "9302");
        assertEquals("00000001", sam.ok(init("00")).substring(0, 8));
        sam.expect(init("05"), "9403");
    }

    @Test
    void delivered_keys_of_3des_encrypt_and_make_macs() {
        Bench sam = sam();
        sam.ok("00A4000002DF02");
        sam.ok("80D40103 15 30F0F00100" + MASTER);
        sam.ok("80D40104 15 32F0F00100" + MASTER);
        byte[] derived = Hex.parse(text(vector("vectors", "E-diversify"), "DK").toLowerCase(java.util.Locale.ROOT));
        sam.ok("801A300308" + SERIAL);
        String block = Hex.of(new DesCipher(derived).encryptBlock(new byte[8])).toUpperCase(java.util.Locale.ROOT);
        sam.expect("80FA0000080000000000000000", block + "9000");
        sam.expect("80FA0500090000000000000000AA", "6985");
        sam.ok("801A320408" + SERIAL);
        byte[] mac = CardAlgorithm.TRIPLE_DES.mac4(derived, new byte[8], Hex.parse("aabbcc"));
        sam.expect("80FA05000B0000000000000000AABBCC", Hex.of(mac).toUpperCase(java.util.Locale.ROOT) + "9000");
        sam.expect("801A3E0008" + SERIAL, "6985").expect("801A340008" + SERIAL, "6985");
    }

    @Test
    void other_usages_and_lengths_of_the_brief_form_are_refused() {
        Bench sam = sam();
        sam.ok("00A4000002DF02");
        sam.expect("80D40000 13 220100" + MASTER, "6984");
        sam.ok("0084000004");
        sam.expect("84D4000004 00000000", "6988");
        Bench.of(CardProfile.FM1208, Bench.seeded(1)).expect("84D40000 04 00000000", "6A82");
        sam.expect("80E4000006001500000000", "6D00").expect("805C000204", "6D00");
    }
}
