package io.zhitong.cos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cos.chip.Nvm;
import io.zhitong.cos.state.CardProfile;
import io.zhitong.smcrypto.Hex;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A card closed as an issued one is, in the hands of somebody without keys who sends anything, replays what was heard and
 * mixes both: files, keys, balances and counters stay, only tries are spent.
 */
class StrangerTest {
    private static final Nvm CARD = issued();
    private static final int ROUNDS = Math.max(4000, Integer.getInteger("zhitong.rounds", 0));
    private static final Pattern TRIES =
            Pattern.compile("(10(?:[37cef][0-9a-f])[0-9a-f]{2}f00[1f][0-9a-f]{2}0[0-9a-f]f)[0-9a-f]");

    /** Creating, erasing and adding need the MF's status, which needs its control key. */
    private static Nvm issued() {
        Bench card = Bench.of(CardProfile.COMMUNITY, Bench.seeded(4));
        String own = Hex.of(CardAlgorithm.SM4.diversify(Bench.BATCH_KEY, Bench.CHIP.chipId()));
        card.ok(card.authenticateFrame(own));
        card.ok("80E0 3F01 11 38 0800 01 01 95 FF FF A00000000386980701");
        card.ok(Purses.SELECT);
        card.ok("80E0 0000 07 3F 0180 95 01 FF FF");
        card.ok(card.sealedFrame(own, "84D40100", "F9F00F0FFF" + Purses.CONTROL));
        card.ok(card.sealedFrame(Purses.CONTROL, "84D40100", "F6F00FFFFF" + Purses.DAMK));
        card.ok(card.sealedFrame(Purses.CONTROL, "84D40101", "FEF00F0104" + Purses.DPK));
        card.ok(card.sealedFrame(Purses.CONTROL, "84D40101", "FFF00F0104" + Purses.DLK));
        card.ok(card.sealedFrame(Purses.CONTROL, "84D40100", "F4F00F0104" + Purses.DTK));
        card.ok("80E0 0015 07 A8 001E F0 F0 FF 80");
        card.ok(card.macFrame(Purses.DAMK, 16, "04D69500", Purses.PUBLIC_DATA));
        card.ok("80E0 0016 07 A8 0010 F1 F0 FF 80");
        card.ok("80E0 0018 07 2E 0A17 F1 EF FF 00");
        card.ok("80E0 0002 07 2F 0208 F0 00 FF 18");
        Purses.load(card, 5000);
        return card.card().nvm();
    }

    private static String withoutTries(String dump) {
        return TRIES.matcher(dump).replaceAll("$1-");
    }

    @Test
    void comparison_sees_everything_but_tries() {
        Bench card = Bench.on(CARD.copy(), Bench.seeded(1));
        card.ok(Purses.SELECT);
        String before = card.dump();
        card.ok("0084000010");
        card.expect("0082000010" + "00".repeat(16), "63CE");
        assertNotEquals(before, card.dump());
        assertEquals(withoutTries(before), withoutTries(card.dump()));
        Purses.purchase(card, 1, 1);
        assertNotEquals(withoutTries(before), withoutTries(card.dump()));
    }

    /** What a wire-tapper hears of a whole purchase, a load and a protected write on a card with the same keys. */
    private static List<String> heard() {
        Bench twin = Bench.on(CARD.copy(), Bench.seeded(99));
        twin.ok(Purses.SELECT);
        List<String> frames = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            frames.add(Purses.initLoad(100));
            frames.add(Purses.credit(100, twin.ok(Purses.initLoad(100))));
            twin.ok(frames.get(frames.size() - 1));
            frames.add(Purses.initPurchase(10));
            frames.add(Purses.debit(10, i, twin.ok(Purses.initPurchase(10))));
            twin.ok(frames.get(frames.size() - 1));
            frames.add(twin.macFrame(Purses.DAMK, 8, "04D69500", Purses.PUBLIC_DATA));
            frames.add(twin.sealedFrame(Purses.CONTROL, "84D4FE01", "FEF00F0104" + "66".repeat(16)));
            frames.add(twin.authenticateFrame(Purses.CONTROL));
            frames.add(twin.macFrame(Purses.CONTROL, 16, "80E40000", "0015"));
            frames.add(twin.macFrame(Purses.CONTROL, 16, "80E40000", "3F01"));
            frames.add(twin.macFrame(Purses.CONTROL, 16, "80F00004", ""));
            frames.add(twin.macFrame(Purses.DAMK, 16, "841E0000", ""));
            frames.add(twin.macFrame(Purses.DAMK, 16, "841E0001", ""));
            frames.add(twin.macFrame(Purses.DAMK, 16, "84160000", ""));
            frames.addAll(metered(twin));
        }
        frames.addAll(List.of(Purses.SELECT, "00A40000", "0084000008", "0084000010", "0084000004"));
        return frames;
    }

    /** A lock with its debit, and one that the host ends. */
    private static List<String> metered(Bench twin) {
        List<String> frames = new ArrayList<>(List.of(Greys.INIT, Greys.INIT_UNLOCK, "E0CA01021E"));
        for (boolean host : new boolean[] {false, true}) {
            String lock = Greys.lock(twin.ok(Greys.INIT), "92");
            twin.ok(lock);
            int sequence = Integer.parseInt(twin.ok(Greys.PROOF).substring(14, 18), 16);
            String end = host ? Greys.unlock(twin.ok(Greys.INIT_UNLOCK), 1) : Greys.debit(1, sequence);
            twin.ok(end);
            frames.addAll(List.of(lock, end));
        }
        return frames;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void stranger_changes_nothing_but_tries(long seed) {
        Random random = new Random(seed);
        List<String> heard = heard();
        Bench card = Bench.on(CARD.copy(), Bench.seeded(1000 + seed));
        card.ok(Purses.SELECT);
        String before = withoutTries(card.dump());
        int good = 0;
        for (int i = 0; i < ROUNDS / 4; i++) {
            String frame = next(random, heard);
            String answer = card.send(frame);
            good += answer.endsWith("9000") ? 1 : 0;
            if (i % 100 == 0) {
                assertEquals(before, withoutTries(card.dump()), "round " + i);
            }
        }
        assertEquals(before, withoutTries(card.dump()));
        assertTrue(good > ROUNDS / 80, "commands that a stranger may: " + good);
    }

    private static String next(Random random, List<String> heard) {
        String frame = heard.get(random.nextInt(heard.size())).replace(" ", "");
        return switch (random.nextInt(4)) {
            case 0 -> Flips.bit(frame, random.nextInt(4 * frame.length()));
            case 1 -> noise(random);
            default -> frame;
        };
    }

    private static String noise(Random random) {
        byte[] body = new byte[random.nextInt(40)];
        random.nextBytes(body);
        String[] headers = {
            "80E00019",
            "800E0000",
            "80E40000",
            "80F00001",
            "80D40105",
            "80D43E01",
            "00D69500",
            "00E200C0",
            "00DC01C4",
            "04D69600",
            "84D40105",
            "80D4F900",
            "00820000",
            "80520000",
            "80540100",
            "84F60000",
            "841E0000",
            "84180000",
            "84160000",
            "84240000",
            "805E0000",
            "805E0100",
            "80580000",
            "80DC09B8",
            "E07C0800",
            "E07E0802",
            "E07E0900",
            "E0CA0100"
        };
        String header = headers[random.nextInt(headers.length)];
        return body.length == 0
                ? header
                : header + String.format("%02X", body.length) + Hex.of(body).toUpperCase(Locale.ROOT);
    }

    @Test
    void files_that_ask_for_a_status_are_closed_to_strangers_and_open_to_the_issuer() {
        Bench card = Bench.on(CARD.copy(), Bench.seeded(1));
        card.ok(Purses.SELECT);
        for (String closed : List.of("00B0960000", "00B201C400", "80E000190728000AF0F0FF00", "800E0000")) {
            card.expect(closed, "6982");
        }
        card.ok(card.authenticateFrame(Purses.CONTROL));
        card.ok("00B0960000");
        card.ok("00B201C400");
        card.expect("80E000190728000AF0F0FF00", "6982");
        card.expect("800E0000", "6982");
        card.ok("00A40000");
        card.ok(card.authenticateFrame(Hex.of(CardAlgorithm.SM4.diversify(Bench.BATCH_KEY, Bench.CHIP.chipId()))));
        card.ok(Purses.SELECT);
        card.ok("80E000190728000AF0F0FF00");
        card.ok("800E0000");
    }
}
