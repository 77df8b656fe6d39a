package io.zhitong.cos;

import static io.zhitong.cos.Vectors.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cardspec.SecureMessaging;
import io.zhitong.cos.state.CardProfile;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.Sm4;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** Plays test-vectors/purse-sm4.json and the real cards' traces of purse-3des.json against the card. */
class PurseVectorsTest {
    /** Values of keys alone: no command of a card answers them; card-spec and the terminal check them. */
    private static final Set<String> NO_COMMAND = Set.of("kcv");

    @TestFactory
    Stream<DynamicTest> sm4_vectors() {
        int[] number = {0};
        return Vectors.cases("purse-sm4.json").stream()
                .map(c -> DynamicTest.dynamicTest(++number[0] + " " + text(c, "kind"), () -> play(c)));
    }

    private static void play(JsonNode c) {
        String kind = text(c, "kind");
        switch (kind) {
            case "diversify" -> diversify(c);
            case "load" -> load(c);
            case "purchase", "cash", "capp" -> purchase(c);
            case "unload" -> unload(c);
            case "secure-messaging-mac" -> mac(c);
            case "secure-messaging-encrypted" -> encrypted(c);
            case "protected-read-answer" -> protectedRead(c);
            case "external-authenticate" -> authenticate(c);
            case "overdraft" -> overdraft(c);
            default -> assertTrue(NO_COMMAND.contains(kind), kind);
        }
    }

    private static void diversify(JsonNode c) {
        Bench sam = SamTest.personalise();
        sam.ok(sam.sealedFrame(Purses.CONTROL, "84D40102", "F0F0F00104" + text(c, "master")));
        StringBuilder upwards = new StringBuilder();
        c.get("factors").forEach(f -> upwards.insert(0, f.asString()));
        int levels = upwards.length() / 16;
        sam.ok(String.format("801A%02X02%02X", levels << 5 | 0x10, 8 * levels) + upwards);
        byte[] expected = Sm4.encryptBlock(Hex.parse(text(c, "derived")), new byte[16]);
        sam.expect("80FA000010" + "00".repeat(16), Hex.of(expected).toUpperCase(Locale.ROOT) + "9000");
    }

    private static Bench purse(
            JsonNode c, String load, String purchase, String tac, int online, int offline, long bal) {
        Bench bench = Purses.personalise(Bench.blank(), load, purchase, tac);
        bench.setPurse(1, bal, online, offline, 0);
        bench.setPurse(2, bal, online, offline, 0);
        Bench fed = bench.feeding(text(c, "random"));
        fed.ok(Purses.SELECT);
        return fed;
    }

    private static void load(JsonNode c) {
        int sequence = Integer.parseInt(text(c, "onlineSeq"), 16);
        long balance = c.get("oldBalance").asLong();
        Bench card = purse(c, text(c, "DLK"), Purses.DPK, text(c, "DTK"), sequence, 0, balance);
        String amount = Purses.hex8(c.get("amount").asLong());
        card.expect(
                "805000020B01" + amount + text(c, "terminal"),
                (Purses.hex8(balance) + text(c, "onlineSeq") + "0104" + text(c, "random") + text(c, "MAC1") + "9000")
                        .toUpperCase(Locale.ROOT));
        String tac = text(c, "TAC").toUpperCase(Locale.ROOT);
        card.expect("805200000B" + text(c, "date") + text(c, "time") + text(c, "MAC2"), tac + "9000");
        card.expect("805A000202" + text(c, "onlineSeq"), "00000000" + tac + "9000");
        assertEquals(balance + c.get("amount").asLong(), Purses.balance(card));
    }

    private static void purchase(JsonNode c) {
        int sequence = Integer.parseInt(text(c, "offlineSeq"), 16);
        Bench card = purse(c, Purses.DLK, text(c, "DPK"), text(c, "DTK"), 0, sequence, 100_000);
        String p1p2 = switch (text(c, "type")) {
            case "05" -> "0101";
            case "06" -> "0102";
            case "04" -> "0201";
            default -> "0302";
        };
        card.ok("8050" + p1p2 + "0B01" + Purses.hex8(c.get("amount").asLong()) + text(c, "terminal"));
        String time = text(c, "date") + text(c, "time");
        String answer = (text(c, "TAC") + text(c, "MAC2")).toUpperCase(Locale.ROOT);
        card.expect("805401000F" + text(c, "terminalSeq") + time + text(c, "MAC1"), answer + "9000");
        card.expect(
                "805A00" + text(c, "type") + "02" + text(c, "offlineSeq"),
                answer.substring(8) + answer.substring(0, 8) + "9000");
    }

    private static void unload(JsonNode c) {
        int sequence = Integer.parseInt(text(c, "onlineSeq"), 16);
        Bench bench = Purses.personalise(Bench.blank());
        bench.ok("80D43D01153DF0F00104" + text(c, "DULK"));
        bench.setPurse(1, c.get("oldBalance").asLong(), sequence, 0, 0);
        Bench card = bench.feeding(text(c, "random"));
        card.ok(Purses.SELECT);
        String init = card.ok("805005010B01" + Purses.hex8(c.get("amount").asLong()) + text(c, "terminal"));
        assertEquals(text(c, "MAC1").toUpperCase(Locale.ROOT), init.substring(24));
        card.expect(
                "805403000B" + text(c, "date") + text(c, "time") + text(c, "MAC2"),
                text(c, "MAC3").toUpperCase(Locale.ROOT) + "9000");
        card.expect("805C000104", Purses.hex8(500_000 - 12_345) + "9000");
    }

    private static void overdraft(JsonNode c) {
        int sequence = Integer.parseInt(text(c, "onlineSeq"), 16);
        long balance = c.get("oldBalance").asLong();
        int oldLimit = c.get("oldLimit").asInt();
        Bench bench = Purses.personalise(Bench.blank(), Purses.DLK, Purses.DPK, text(c, "DTK"));
        bench.ok("80D43C01153CF0F00104" + text(c, "DUK"));
        bench.setPurse(1, balance, sequence, 0, oldLimit);
        Bench card = bench.feeding(text(c, "random"));
        card.ok(Purses.SELECT);
        card.expect(
                "805004010701" + text(c, "terminal") + "13",
                (Purses.hex8(balance) + text(c, "onlineSeq") + String.format("%06X", oldLimit) + "0104"
                                + text(c, "random") + text(c, "MAC1") + "9000")
                        .toUpperCase(Locale.ROOT));
        String tac = text(c, "TAC").toUpperCase(Locale.ROOT);
        String limit = String.format("%06X", c.get("newLimit").asInt());
        card.expect("805800000E" + limit + text(c, "date") + text(c, "time") + text(c, "MAC2"), tac + "9000");
        card.expect("805A000702" + text(c, "onlineSeq"), "00000000" + tac + "9000");
        card.expect("805C000104", Purses.hex8(c.get("newBalance").asLong()) + "9000");
    }

    private static void mac(JsonNode c) {
        publicDataProtected(c, "A8").expect(text(c, "command") + text(c, "MAC"), "9000");
        String other = text(c, "MAC").substring(0, 7) + (text(c, "MAC").charAt(7) == '0' ? "1" : "0");
        publicDataProtected(c, "A8").expect(text(c, "command") + other, "6988");
    }

    /** A card whose line protection key is the vector's and whose file 0015 it protects; the challenge is fetched. */
    private static Bench publicDataProtected(JsonNode c, String type) {
        Bench bench = Bench.blank();
        bench.ok("80E0000007 3F 0080 01 F0 FF FF");
        bench.ok("80D4010015" + "36F0F0FF33" + text(c, "key"));
        bench.ok("80E0001507" + type + "0040F0F0FF80");
        Bench fed = bench.feeding(text(c, "challenge"));
        fed.ok(String.format("00840000%02X", text(c, "challenge").length() / 2));
        return fed;
    }

    private static void encrypted(JsonNode c) {
        Bench card = publicDataProtected(c, "E8");
        card.expect(text(c, "command"), "9000");
        String plain = text(c, "plain").toUpperCase(Locale.ROOT);
        card.expect(String.format("00B09500%02X", plain.length() / 2), plain + "9000");
    }

    private static void protectedRead(JsonNode c) {
        Bench bench = Bench.blank();
        bench.ok("80E0000007 3F 0080 01 F0 FF FF");
        bench.ok("80D4010015" + "36F0F0FF33" + text(c, "key"));
        bench.ok("80E00015 07 A8 0020 F0 F0 FF 00");
        bench.expect(bench.macFrame(text(c, "key"), 16, "04D69500", text(c, "data")), "9000");
        Bench card = bench.feeding(text(c, "challenge"));
        card.ok("0084000010");
        byte[] commandMac = SecureMessaging.commandMac(
                CardAlgorithm.SM4,
                Hex.parse(text(c, "key")),
                Hex.parse(text(c, "challenge")),
                Hex.parse("04B09500"),
                new byte[0]);
        card.expect(
                "04B0950004" + Hex.of(commandMac) + "24",
                (text(c, "data") + text(c, "MAC") + "9000").toUpperCase(Locale.ROOT));
    }

    private static void authenticate(JsonNode c) {
        Bench bench = Bench.blank();
        bench.ok("80E0000007 3F 0080 01 F0 FF FF");
        bench.ok("80D4010515" + "39F0F00F33" + text(c, "key"));
        Bench card = bench.feeding(text(c, "challenge"));
        int length = text(c, "challenge").length() / 2;
        card.ok(String.format("00840000%02X", length));
        card.expect(String.format("00820005%02X", length) + text(c, "cryptogram"), "9000");
    }

    /** Keys as the trace names them, its algorithm bytes, and the purse as it was. */
    private static Bench realCard(String random, String... keys) {
        Bench bench = Bench.of(CardProfile.BLANK, Bench.seeded(1));
        bench.ok("80E0 3F01 11 38 0800 F0 F0 95 FF FF A00000000386980701");
        bench.ok(Purses.SELECT);
        bench.ok("80E0 0000 07 3F 0180 95 F0 FF FF");
        for (String key : keys) {
            bench.ok(key);
        }
        bench.ok("80E0 0001 07 2F 0208 F0 00 FF 18");
        bench.ok("80E0 0002 07 2F 0208 F0 00 FF 18");
        Bench fed = bench.feeding(random);
        fed.ok(Purses.SELECT);
        return fed;
    }

    @Test
    void worked_example_of_a_3des_load_initialisation() {
        Bench card = realCard(
                "11223344",
                "80D4 0101 15 3FF0F00200 11223344556677888877665544332211",
                "80D4 0100 15 34F0F00200 11223344556677888877665544332211");
        card.expect("805000010B0100001000001122334455", "0000000000000200112233442988AE5A9000");
        assertEquals(12, card.send("805200000B201112212148223A845BF0").length());
    }

    @Test
    void trace_of_a_real_fm1208_load() {
        String key = "00112233445566778899AABBCCDDEEFF";
        Bench card = realCard("C903814D", "80D4 0101 15 3FF0F00100" + key, "80D4 0100 15 34F0F00100" + key);
        card.expect("805000020B010000200000112233445510", "0000000000000100C903814D03976C229000");
        card.expect("805200000B201612161058008AFA5718", "FA00066D9000");
        Bench first = realCard("E0B84748", "80D4 0100 15 3FF0F00000" + key, "80D4 0100 15 34F0F00100" + key);
        first.expect("805000020B000000200000112233445510", "0000000000000000E0B84748EA411F909000");
    }

    /** Their keys are not known: what can be compared is every byte before a cryptogram, and the lengths after it. */
    @Test
    void traces_of_a_real_etc_card_have_our_shapes() {
        String key = "00112233445566778899AABBCCDDEEFF";
        Bench made = realCard("", "80D4 0101 15 3EF0F00100" + key, "80D4 0100 15 34F0F00100" + key);
        made.setPurse(2, 0x11E1A2D9L, 0, 0x28, 0);
        Bench card = made.feeding("C7B13722");
        card.ok(Purses.SELECT);
        card.expect("805003020B0100000000014400019C8B", "11E1A2D9002800000001 00C7B137229000");
        card.expect("805401000F0077433B20210125095628A24781CB", "9302");
        card.expect("805A0009020028", "9406");
    }

    @Test
    void manual_examples_of_internal_authentication_with_des() {
        Bench card =
                realCard("", "80D4 0101 0D 30F0F00100 1122334455667788", "80D4 0103 0D 32F0F00100 1122334455667788");
        card.expect("00880001080102030405060708", "178F59F8578E0D3F9000");
        card.expect("00880203080102030405060708", "A82A8CEB9000");
    }

    @Test
    void one_card_holds_keys_of_both_algorithms_and_the_version_tells_them() {
        Bench card = Purses.personalise(Bench.blank());
        Purses.load(card, 100);
        card.ok("80D4 0102 15 3EF0F00200" + Purses.DPK);
        card.expect("805001020B0200000001" + Purses.TERMINAL, "9403");
        card.ok("80D4 0101 15 34F0F00200" + Purses.DTK);
        assertEquals("0200", card.ok("805001020B0200000001" + Purses.TERMINAL).substring(18, 22));
        assertEquals("0104", card.ok("805001020B0100000001" + Purses.TERMINAL).substring(18, 22));
    }
}
