package io.zhitong.cos;

import static io.zhitong.cos.Vectors.text;

import io.zhitong.cos.chip.FedRandom;
import io.zhitong.cos.state.CardProfile;
import io.zhitong.smcrypto.Hex;
import tools.jackson.databind.JsonNode;

/** The access application of test-vectors/access.json on a card. */
final class Accesses {
    static final JsonNode FILE = Vectors.file("access.json");
    static final String SELECT = text(FILE, "select");
    static final String CREDENTIAL = "4403000112345678" + "20260101" + "20271231";
    private static final String CHALLENGE = "c0".repeat(16);
    private static final String NONCE = "01020304";

    private Accesses() {}

    /** With key pair 0 and its certificate, the issuer's point, the fast key, the credential. */
    static Bench personalise(String methodsFile) {
        Bench bench = Bench.of(CardProfile.BLANK, Bench.seeded(6));
        bench.ok("80E0AC01 16 38 0500 F0 F0 83 FF FF F05A544143430000000000440301");
        bench.ok(SELECT);
        bench.ok("80E00000 07 3F 0180 01 F0 FF FF");
        bench.ok("80D4 0100 15 39F0F00F33" + Purses.CONTROL);
        bench.ok("80D4 0101 15 3BF0F00104" + text(FILE.get("cases").get(3), "cardKey"));
        if (!methodsFile.isEmpty()) {
            bench.ok("80E00003 07 28 0005 F0 F0 FF 00");
            bench.ok("00D68300 05" + methodsFile);
        }
        put(bench, 0x11, CREDENTIAL);
        put(bench, 0x12, text(FILE.get("points"), "issuer"));
        put(bench, 0x13, "00000000");
        put(bench, 0x14, text(FILE, "cardCertificate"));
        // the nonce of the distance exchange is drawn where the methods have bit 4
        boolean distance = methodsFile.isEmpty() || (Integer.parseInt(methodsFile.substring(2, 4), 16) & 8) != 0;
        return keyPair(bench, distance ? NONCE : "");
    }

    private static void put(Bench bench, int fid, String content) {
        int length = content.length() / 2;
        bench.ok(String.format("80E0%04X0728%04XEFF0FF00", fid, length));
        bench.ok(String.format("00D6%02X00%02X", 0x80 | fid, length) + content);
    }

    private static Bench keyPair(Bench bench, String nonce) {
        Bench fed = bench.feeding(nonce + CHALLENGE + text(FILE.get("scalars"), "card"));
        fed.ok(SELECT);
        fed.ok(fed.macFrame(Purses.CONTROL, 16, "84F60000", ""));
        return bench;
    }

    /** The same card, the application selected, about to draw these bytes. */
    static Bench selected(Bench bench, String random) {
        Bench fed = Bench.on(bench.card().nvm(), new FedRandom(Hex.parse(NONCE + random)));
        fed.ok(SELECT);
        return fed;
    }
}
