package io.zhitong.cos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cardspec.StatusWord;
import io.zhitong.cos.chip.Nvm;
import io.zhitong.cos.state.CardProfile;
import io.zhitong.smcrypto.Hex;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Any bytes get a status word of docs/card.md, never an exception, never 6F00 and never somebody else's data. */
class FuzzTest {
    private static final int ROUNDS = 60_000;
    private static final int[] CLASSES = {0x00, 0x04, 0x80, 0x84, 0xE0};
    private static final int[] INSTRUCTIONS = {
        0xA4, 0xB0, 0xD6, 0xB2, 0xDC, 0xE2, 0x84, 0x82, 0x88, 0x20, 0xE0, 0x0E, 0xD4, 0x5C, 0x50, 0x52, 0x54, 0x5A,
        0x8A, 0x8B, 0xF6, 0x70, 0x72, 0x1A, 0xFA, 0xE4, 0xF0, 0x24, 0x5E, 0x58, 0x1E, 0x18, 0x16, 0x7A, 0x7C, 0x7E,
        0xCA, 0x40, 0x42, 0x44
    };

    @Test
    void random_commands_on_a_personalised_card() {
        fuzz(Purses.personalise(Bench.blank()), List.of(Purses.SELECT, Purses.initLoad(5), Purses.initPurchase(0)), 11);
    }

    @Test
    void random_commands_on_a_sam() {
        fuzz(SamTest.personalise(), List.of("00A4000002DF02", "801A3B0108" + SamTest.SERIAL, "0084000010"), 12);
    }

    @Test
    void random_commands_on_an_access_application() {
        Bench bench = Accesses.personalise("");
        Bench card = Bench.on(bench.card().nvm(), Bench.seeded(9));
        fuzz(card, List.of(Accesses.SELECT, "0084000010"), 13);
    }

    @Test
    void random_commands_on_bought_cards() {
        Bench card = Bench.of(CardProfile.FM1208, Bench.seeded(4));
        card.ok("80E0 3F01 11 38 0800 F0 F0 95 FF FF A00000000386980701");
        card.ok(Purses.SELECT);
        card.ok("80E0 0000 07 3F 0180 95 F0 FF FF");
        card.ok("80D40101 15 3FF0F00100" + Purses.DLK);
        card.ok("80D40100 15 34F0F00100" + Purses.DTK);
        card.ok("80E0 0002 07 2F 0208 F0 00 FF 18");
        fuzz(card, List.of(Purses.SELECT, Purses.initLoad(5), "0084000004", "00A40000"), 14);
        Bench sam = Bench.of(CardProfile.PSAM_FMCOS, Bench.seeded(5));
        sam.ok("80E0 0000 07 3F 0180 01 F0 FF FF");
        sam.ok("80D40100 15 39F0F0AA33" + Purses.CONTROL);
        fuzz(sam, List.of("00A40000", "0084000004", "0084000008"), 15);
    }

    private static void fuzz(Bench start, List<String> openings, long seed) {
        Random random = new Random(seed);
        Nvm snapshot = start.card().nvm().copy();
        Bench bench = start;
        Set<StatusWord> seen = new HashSet<>();
        for (int i = 0; i < ROUNDS / 3; i++) {
            if (i % 500 == 0) {
                bench = Bench.on(snapshot.copy(), Bench.seeded(i));
            }
            if (random.nextInt(4) == 0) {
                bench.send(openings.get(random.nextInt(openings.size())));
            }
            byte[] frame = frame(random);
            byte[] answer = bench.card().process(frame);
            assertTrue(answer.length >= 2 && answer.length <= 241, Hex.of(frame));
            int sw = (answer[answer.length - 2] & 0xFF) << 8 | answer[answer.length - 1] & 0xFF;
            StatusWord word = StatusWord.of(sw).orElseThrow(() -> new AssertionError(Hex.of(frame)));
            assertTrue(word != StatusWord.INTERNAL, "6F00 to " + Hex.of(frame));
            assertTrue(word == StatusWord.OK || answer.length == 2, "data with " + word + " to " + Hex.of(frame));
            seen.add(word);
        }
        assertTrue(seen.size() >= 10, "the search reached only " + seen);
    }

    private static byte[] frame(Random random) {
        int kind = random.nextInt(10);
        if (kind == 0) {
            byte[] any = new byte[random.nextInt(300)];
            random.nextBytes(any);
            return any;
        }
        int lc = kind < 3 ? 0 : random.nextInt(kind < 6 ? 8 : 40);
        byte[] frame = new byte[lc == 0 ? 4 + random.nextInt(2) : 5 + lc + random.nextInt(2)];
        random.nextBytes(frame);
        frame[0] = (byte) CLASSES[random.nextInt(CLASSES.length)];
        frame[1] = (byte) INSTRUCTIONS[random.nextInt(INSTRUCTIONS.length)];
        if (random.nextBoolean()) {
            frame[2] = (byte) random.nextInt(6);
            frame[3] = (byte) random.nextInt(6);
        } else if (random.nextBoolean()) {
            frame[2] = (byte) (0x80 | random.nextInt(0x20));
            frame[3] = (byte) random.nextInt(8);
        }
        if (lc > 0) {
            frame[4] = (byte) lc;
        } else if (frame.length == 5 && random.nextBoolean()) {
            frame[4] = (byte) (random.nextBoolean() ? 0 : 16);
        }
        return frame;
    }

    @Test
    void every_header_without_data_gets_a_known_status_word() {
        Bench bench = Purses.personalise(Bench.blank());
        int tried = 0;
        for (int cla : new int[] {0x00, 0x04, 0x80, 0x84, 0x90, 0xE0, 0xFF}) {
            for (int ins = 0; ins < 256; ins++) {
                for (int p1 : new int[] {0, 1, 2, 3, 5, 0x95, 0xFF}) {
                    byte[] answer = bench.card().process(new byte[] {(byte) cla, (byte) ins, (byte) p1, 2});
                    int sw = (answer[answer.length - 2] & 0xFF) << 8 | answer[answer.length - 1] & 0xFF;
                    assertTrue(StatusWord.of(sw).isPresent() && sw != 0x6F00);
                    tried++;
                }
            }
        }
        assertEquals(7 * 256 * 7, tried);
    }
}
