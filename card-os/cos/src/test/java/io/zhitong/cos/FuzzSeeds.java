package io.zhitong.cos;

import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Hex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Inputs with which {@link CardFuzzer} begins: whole transactions with right MACs, which no fuzzer would guess. The card of a
 * run draws the same random bytes each time, so they stay right; those that bring money are left out.
 */
final class FuzzSeeds {
    private final Bench bench;
    private final ByteWriter input = new ByteWriter();
    private int good;

    private FuzzSeeds(int card) {
        this.bench = Bench.on(CardFuzzer.fresh(card), CardFuzzer.random());
        input.u8(card);
    }

    /** One command, as it is and with its answer. */
    private String tell(String frame) {
        byte[] apdu = Hex.parse(frame.replace(" ", "").toLowerCase(Locale.ROOT));
        input.u8(0x40 + apdu.length).bytes(apdu);
        String answer = bench.send(frame);
        good += answer.endsWith("9000") ? 1 : 0;
        return answer.substring(0, answer.length() - 4);
    }

    /** A frame that a helper makes with a challenge of its own, which is told too. */
    private void authenticated(String key) {
        byte[] challenge = Hex.parse(tell("0084000010").toLowerCase(Locale.ROOT));
        tell("0082000010" + Hex.of(io.zhitong.smcrypto.Sm4.encryptBlock(Hex.parse(key), challenge)));
    }

    private static FuzzSeeds purse() {
        FuzzSeeds seed = new FuzzSeeds(0);
        seed.tell(Purses.SELECT);
        seed.tell("805C000204");
        seed.tell(Purses.debit(100, 1, seed.tell(Purses.initPurchase(100))));
        seed.tell("805A000602000008");
        seed.tell("00B201C417");
        seed.authenticated(Purses.CONTROL);
        seed.tell("80E00019 07 28 0004 F0 F0 FF 00");
        seed.tell("00D69900 04 01020304");
        seed.tell(Purses.initLoad(5));
        return seed;
    }

    private static FuzzSeeds sam() {
        FuzzSeeds seed = new FuzzSeeds(1);
        seed.tell("00A4000002DF02");
        seed.authenticated(Purses.CONTROL);
        seed.tell("807000001C A1A2A3A4 0001 00000064 06" + Purses.TIME + "0104" + SamTest.SERIAL + "08");
        seed.tell("8072000004 00000000");
        seed.tell("801A3B0108" + SamTest.SERIAL);
        seed.tell("80FA100005 0102030405 08");
        return seed;
    }

    private static FuzzSeeds access() {
        FuzzSeeds seed = new FuzzSeeds(2);
        seed.tell(Accesses.SELECT);
        seed.tell("808B000004 01020304 08");
        for (var each : Accesses.FILE.get("cases")) {
            String command = Vectors.text(each, "command");
            if (command.length() < 2 * 0xB0) {
                seed.tell(command);
            }
        }
        seed.authenticated(Purses.CONTROL);
        return seed;
    }

    /** All of them. */
    static List<byte[]> all() {
        List<byte[]> found = new ArrayList<>();
        for (FuzzSeeds seed : List.of(purse(), sam(), access())) {
            if (seed.good < 4) {
                throw new AssertionError("expected a seed that gets through, " + seed.good + " commands did");
            }
            found.add(seed.input.toByteArray());
        }
        return found;
    }

    /** Writes them into a folder. */
    public static void main(String[] arguments) throws IOException {
        int n = 0;
        for (byte[] seed : all()) {
            Files.write(Path.of(arguments[0]).resolve("seed-" + n++), seed);
        }
    }
}
