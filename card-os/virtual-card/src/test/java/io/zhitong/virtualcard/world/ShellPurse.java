package io.zhitong.virtualcard.world;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.smcrypto.Hex;
import java.io.IOException;
import java.util.List;

/** A purse with keys in clear, and the host's and terminal's side of it in hex. */
final class ShellPurse {
    static final long MONEY = 1_000_000;
    static final String SELECT = "00A4040009A00000000386980701";
    private static final String KEY = "102030405060708090a0b0c0d0e0f00";
    private static final String TERMINAL = "440300000001";
    private static final String TIME = "20261121120000";

    static final List<String> PERSONALISATION = List.of(
            "80E03F0111380800F0F095FFFFA00000000386980701",
            SELECT,
            "80E00000073F018095F0FFFF",
            "80D401001534F0F00104" + "4" + KEY,
            "80D40101153EF0F00104" + "e" + KEY,
            "80D40101153FF0F00104" + "f" + KEY,
            "80E00018072E0A17F0EFFF00",
            "80E00002072F0208F000FF18");

    /** A card on the other side. */
    interface Told {
        String to(String hex) throws IOException;
    }

    private ShellPurse() {}

    static void load(Told card, long fen) throws IOException {
        String begun = ok(card.to("805000020B01" + hex(fen) + TERMINAL + "10"));
        String session = derive("f" + KEY, begun.substring(16, 24) + begun.substring(8, 12) + "8000");
        ok(card.to("805200000B" + TIME + mac(session, hex(fen) + "02" + TERMINAL + TIME) + "04"));
    }

    /** One fen at that terminal sequence. */
    static void buy(Told card, int sequence) throws IOException {
        String begun = ok(card.to("805001020B01" + hex(1) + TERMINAL + "0F"));
        String last2 = hex(sequence).substring(4);
        String session = derive("e" + KEY, begun.substring(22, 30) + begun.substring(8, 12) + last2);
        ok(card.to("805401000F" + hex(sequence) + TIME + mac(session, hex(1) + "06" + TERMINAL + TIME) + "08"));
    }

    private static String derive(String key, String seed8) {
        return Hex.of(CardAlgorithm.SM4.sessionKey(Hex.parse(key), Hex.parse(seed8)));
    }

    private static String mac(String key, String data) {
        return Hex.of(CardAlgorithm.SM4.mac4(Hex.parse(key), Hex.parse(data)));
    }

    private static String hex(long value) {
        return String.format("%08x", value);
    }

    private static String ok(String answer) {
        assertTrue(answer.endsWith("9000"), answer);
        return answer;
    }
}
