package io.zhitong.cos;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.smcrypto.Hex;
import java.util.List;
import java.util.function.Function;

/**
 * One command of the tear script.
 *
 * @param name for the report
 * @param prepare brings the session to the point, without writing memory, and answers the frame
 * @param sw status word that it answers when nothing is cut
 */
record Step(String name, Function<Bench, String> prepare, String sw) {
    private static final String APP = "00A4040009A00000000386980701";

    static Step of(String name, String frame) {
        return new Step(name, bench -> frame, "9000");
    }

    static Step in(String name, Function<Bench, String> frame) {
        return new Step(name, bench -> selected(bench, frame), "9000");
    }

    private static String selected(Bench bench, Function<Bench, String> frame) {
        bench.ok(APP);
        return frame.apply(bench);
    }

    Step expecting(String word) {
        return new Step(name, prepare, word);
    }

    /** A resident's card from an empty MF to purchases, failures and removal. */
    static List<Step> residentScript() {
        return List.of(
                of("create MF key file", "80E00000073F008001F0FFFF"),
                of("write MF control key", "80D4010015" + "39F0F00F33" + Purses.CONTROL),
                of("create purse application", "80E03F0111380800F0F095FFFFA00000000386980701"),
                in("create key file", b -> "80E00000073F018095F0FFFF"),
                in(
                        "first key under the MF's control key",
                        b -> b.sealedFrame(Purses.CONTROL, "84D40100", "F9F0F00F33" + Purses.CONTROL)),
                in("add line protection key", b -> "80D4010015" + "36F0F0FF33" + Purses.DAMK),
                in("add TAC key", b -> "80D4010015" + "34F0F00104" + Purses.DTK),
                in(
                        "add purchase key sealed",
                        b -> b.sealedFrame(Purses.CONTROL, "84D40101", "FEF0F00104" + Purses.DPK)),
                in("add load key", b -> "80D4010115" + "3FF0F00104" + Purses.DLK),
                in("add unload key", b -> "80D4010115" + "3DF0F00104" + Purses.DULK),
                in("create binary file with MAC", b -> "80E0001507A8001EF0F0FF80"),
                in("update binary with MAC", b -> b.macFrame(Purses.DAMK, 8, "04D69500", Purses.PUBLIC_DATA)),
                in("update binary with wrong MAC", b -> wrongMac(b)).expecting("6988"),
                in("create log", b -> "80E00018072E0A17F0EFFF00"),
                in("create deposit", b -> "80E00001072F0208F000FF18"),
                in("create purse", b -> "80E00002072F0208F000FF18"),
                in("create fixed records", b -> "80E0001A072A0304F0F0FF00"),
                in("append record", b -> "00E200D004" + "01020304"),
                in("update record", b -> "00DC01D404" + "A1A2A3A4"),
                in("load", b -> Purses.credit(5000, b.ok(Purses.initLoad(5000)))),
                in("load again", b -> Purses.credit(70, b.ok(Purses.initLoad(70)))),
                in("load with wrong MAC2", b -> wrongCredit(b)).expecting("9302"),
                in("purchase", b -> Purses.debit(321, 9, b.ok(Purses.initPurchase(321)))),
                in("purchase again", b -> Purses.debit(1, 10, b.ok(Purses.initPurchase(1)))),
                in("purchase with wrong MAC1", b -> wrongDebit(b)).expecting("9302"),
                in("external authentication", b -> b.authenticateFrame(Purses.CONTROL)),
                in("wrong external authentication", b -> wrongAuthentication(b)).expecting("63C2"),
                in("add PIN", b -> "80D4010008" + "3AF0EF0133123456"),
                in("verify PIN", b -> "0020000003123456"),
                in("wrong PIN", b -> "0020000003123457").expecting("63C2"),
                in("add PIN unblock key", b -> "80D4010015" + "37F0F0FF33" + Purses.DPUK),
                in("add PIN reload key", b -> "80D4010015" + "38F0F0FF33" + Purses.DRPK),
                in("change PIN", b -> "805E010006" + "123456FF5678"),
                in("change PIN with a wrong one", b -> "805E010006" + "123456FF5678")
                        .expecting("63C2"),
                in("reload PIN", b -> reload(Purses.DRPK)),
                in("reload PIN with wrong MAC", b -> reload(Purses.DTK)).expecting("6988"),
                in("unblock PIN", b -> b.sealedFrame(Purses.DPUK, "84240000", "1234")),
                in("line key has all its tries again", b -> b.macFrame(Purses.DAMK, 8, "04D69500", "44")),
                in("block application", b -> b.macFrame(Purses.DAMK, 16, "841E0000", "")),
                blocked("unblock application", "84180000", Purses.DAMK),
                in("block application again", b -> b.macFrame(Purses.DAMK, 16, "841E0000", "")),
                blocked("unblock application with wrong MAC", "84180000", Purses.DTK)
                        .expecting("6988"),
                of("erase what is in the MF", "800E0000"));
    }

    private static Step blocked(String name, String header, String key) {
        return new Step(
                name,
                b -> {
                    b.send(APP);
                    return b.macFrame(key, 16, header, "");
                },
                "9000");
    }

    private static String reload(String key) {
        byte[] pin = Hex.parse("5678");
        return "805E000006" + "5678" + Hex.of(CardAlgorithm.SM4.mac4(Hex.parse(key), pin));
    }

    /** A PSAM's purchase: INIT raises the number, CREDIT restores the tries. */
    static List<Step> samScript() {
        String select = "00A4000002DF02";
        String init = "807000001C" + "01020304" + "0001" + "00000064" + "06" + Purses.TIME + "0104" + SamTest.SERIAL;
        String grey = "E04000001C" + "01020304" + "0001" + "00000064" + "92" + Purses.TIME + "0104" + SamTest.SERIAL;
        return List.of(
                new Step("init SAM grey lock", b -> after(b, select, grey), "9000"),
                new Step(
                        "confirm grey lock with wrong MAC2", b -> after(b, select, grey, "E04200000400000000"), "9302"),
                new Step("init SAM for purchase", b -> after(b, select, init), "9000"),
                new Step("credit SAM with wrong MAC2", b -> after(b, select, init, "807200000400000000"), "9302"));
    }

    private static String after(Bench bench, String... frames) {
        for (int i = 0; i < frames.length - 1; i++) {
            bench.ok(frames[i]);
        }
        return frames[frames.length - 1];
    }

    /** An access application: a new key pair in place of the old one; the newest reader date. */
    static List<Step> accessScript() {
        return List.of(
                new Step("generate key pair", b -> keyPair(b, "84F60000"), "9000"),
                new Step("generate another key pair", b -> keyPair(b, "84F60001"), "9000"));
    }

    private static String keyPair(Bench bench, String header) {
        bench.ok(Accesses.SELECT);
        return bench.macFrame(Purses.CONTROL, 16, header, "");
    }

    private static String wrongMac(Bench bench) {
        bench.ok("0084000008");
        return "04D69500060102" + "00000000";
    }

    private static String wrongCredit(Bench bench) {
        bench.ok(Purses.initLoad(9));
        return "805200000B" + Purses.TIME + "00000000";
    }

    private static String wrongDebit(Bench bench) {
        bench.ok(Purses.initPurchase(9));
        return "805401000F" + "00000001" + Purses.TIME + "00000000";
    }

    private static String wrongAuthentication(Bench bench) {
        bench.ok("0084000010");
        return "0082000010" + "00".repeat(16);
    }
}
