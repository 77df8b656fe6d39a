package io.zhitong.cos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cos.chip.Nvm;
import io.zhitong.cos.chip.NvmGeometry;
import io.zhitong.cos.state.CardProfile;
import io.zhitong.smcrypto.Hex;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** DELETE FILE by who owns what is deleted; the room is free again, scattered or not. */
class DeleteFileTest {
    private static final String MF_KEY = "4d0102030405060708090a0b0c0d0e0f";
    private static final String OTHER_KEY = "4e0102030405060708090a0b0c0d0e0f";
    private static final String MF = "00A40000023F00";

    private final Bench card = Purses.personalise(Bench.blank());

    private static String delete(Bench card, String key, String fid) {
        return card.macFrame(key, 16, "80E40000", fid);
    }

    @Test
    void file_of_an_application_goes_under_its_control_key_and_its_name_is_free_again() {
        card.expect(delete(card, Purses.CONTROL, "0015"), "9000");
        card.expect("00B0950004", "6A82");
        card.ok("80E0 0015 07 28 0010 F0 F0 FF 00");
        card.expect("00B0950004", "00000000 9000");
    }

    @Test
    void application_goes_with_everything_in_it_under_its_own_key_not_the_masters() {
        card.ok(MF);
        card.ok("80D4010015 39F0F00F33" + MF_KEY);
        card.expect(delete(card, MF_KEY, "3F01"), "6988");
        card.expect(delete(card, Purses.CONTROL, "3F01"), "9000");
        card.expect(Purses.SELECT, "6A82");
        assertFalse(card.dump().contains("PURSE"));
        card.expect("80E0 3F01 11 38 0800 F0 F0 95 FF FF A00000000386980701", "9000");
    }

    @Test
    void application_that_deletes_itself_leaves_the_card_in_the_mf() {
        card.expect(delete(card, Purses.CONTROL, "3F01"), "9000");
        card.ok("80E0 0006 07 28 0004 F0 F0 FF 00");
        card.expect("00B0860004", "00000000 9000");
        card.expect("00A4000000", "6F15840E315041592E5359532E4444463031A503880101 9000");
        card.ok("80E0 0005 07 28 0004 F0 F0 FF 00");
    }

    @Test
    void deleted_file_is_no_longer_the_current_one() {
        card.ok("00A40000020015");
        card.ok("00B0000004");
        card.expect(delete(card, Purses.CONTROL, "0015") + "04", "6700");
        card.ok("00A40000020015");
        card.expect(delete(card, Purses.CONTROL, "0015"), "9000");
        card.expect("00B0000004", "6986");
        card.ok("00A40000020018");
        card.ok("800E0000");
        card.expect("00B2010417", "6986");
    }

    @Test
    void application_without_a_control_key_of_its_own_is_the_masters() {
        card.ok(MF);
        card.ok("80D4010015 39F0F00F33" + MF_KEY);
        card.ok("80E0DF01 0D 38 0200 F0 F0 01 FF FF 4142434445");
        card.expect(delete(card, Purses.CONTROL, "DF01"), "6988");
        card.expect(delete(card, MF_KEY, "DF01"), "9000");
    }

    @Test
    void what_may_never_be_erased_is_not_deleted_either() {
        card.ok(MF);
        card.ok("80E0DF01 0D 38 0200 F0 EF 01 FF FF 4142434445");
        card.ok("00A4000002DF01");
        card.ok("80E00000 07 3F 0080 01 F0 FF FF");
        card.ok("80D4010015 39F0F00F33" + OTHER_KEY);
        card.ok("80E0 0005 07 28 0004 F0 F0 FF 00");
        card.expect(delete(card, OTHER_KEY, "0005"), "6982");
        card.expect(delete(card, OTHER_KEY, "DF01"), "6982");
    }

    @Test
    void frames_that_cannot_be_are_refused_before_a_try_is_taken() {
        card.expect(delete(card, Purses.CONTROL, "0000"), "6985");
        card.expect(delete(card, Purses.CONTROL, "3F00"), "6985");
        card.expect(delete(card, Purses.CONTROL, "0099"), "6A82");
        card.expect("80E40000020015", "6700").expect("80E40100060015 00000000", "6A86");
        card.expect("80E4000006001500000000", "6984");
        card.ok("0084000008");
        card.expect("80E4000006001500000000", "6984");
        card.expect("84E4000006001500000000", "6E00");
        String before = card.dump();
        card.ok("0084000010");
        card.expect("80E4000006001500000000", "6988");
        assertEquals(
                before.replace("f0f00f0033", "f0f00f0032").length(), card.dump().length());
        card.expect(delete(card, Purses.CONTROL, "0015"), "9000");
    }

    @Test
    void bought_cards_know_no_delete() {
        Bench.of(CardProfile.FM1208, Bench.seeded(1)).expect("80E4000006001500000000", "6D00");
    }

    /** Every second of many files deleted: no gap takes the new one, all together do. */
    private static Bench holes(NvmGeometry shape, int gone, int kept) {
        Bench full = Bench.blank(shape);
        full.ok("80E0 0000 07 3F 0080 01 F0 FF FF");
        full.ok("80D4010015 39F0F00F33" + MF_KEY);
        int fid = 0x1000;
        Random random = new Random(4);
        for (; ; ) {
            int size = ++fid % 2 == 1 ? gone : kept;
            if (!full.send(String.format("80E0%04X0728%04XF0F0FF00", fid, size)).equals("9000")) {
                break;
            }
            full.ok(String.format("00A4000002%04X", fid));
            byte[] drawn = new byte[Math.min(size, 100)];
            for (int at = 0; at < size; at += drawn.length) {
                random.nextBytes(drawn);
                full.ok(String.format("00D6%04X%02X", at, drawn.length) + Hex.of(drawn));
            }
        }
        assertTrue(fid > 0x1008);
        for (int hole = 0x1001; hole < fid; hole += 2) {
            full.expect(delete(full, MF_KEY, String.format("%04X", hole)), "9000");
        }
        return full;
    }

    private static final NvmGeometry SMALL = new NvmGeometry(16384, 4, 1_000_000);

    /** 16384 without log 6144, chip block 64, table 96 · 24, name 17, key file 128 and the five files of 700 left. */
    private static final int SUM = 4227;

    @Test
    void card_full_of_holes_takes_a_file_that_fits_in_the_sum_and_keeps_all_others() {
        Bench full = holes(SMALL, 700, 700);
        String before = full.dump();
        full.expect(String.format("80E020000728%04XF0F0FF00", SUM + 1), "6A84");
        full.ok(String.format("80E020000728%04XF0F0FF00", SUM));
        full.ok("00A40000022000");
        full.expect("00B0000010", "00".repeat(16) + "9000");
        full.expect(String.format("00B0%04X10", SUM - 16), "00".repeat(16) + "9000");
        String after = full.dump();
        before.lines().forEach(line -> assertTrue(after.contains(line), line));
        assertEquals(after, full.reset().dump());
    }

    private static Step fillTheSum() {
        return Step.of("create a file where only the sum has room", String.format("80E020000728%04XF0F0FF00", SUM));
    }

    @Test
    void cut_anywhere_in_the_joining_of_holes_leaves_every_file_whole() {
        Nvm nvm = holes(SMALL, 700, 700).card().nvm();
        int operations = TearTest.uncut(fillTheSum(), nvm.copy());
        assertTrue(operations > 4000, "operations " + operations);
        int stride = operations / (TearTest.LONG ? 1000 : 60);
        TearTest.run("joining of holes", nvm, List.of(fillTheSum()), stride);
    }

    /** Files longer than two pieces slide over themselves: a piece done twice would be wrong. */
    @Test
    void cut_anywhere_while_long_files_slide_by_little_leaves_every_file_whole() {
        Nvm nvm = holes(SMALL, 60, 1200).card().nvm();
        // 17 + 128 + 6 files of 1200 are left of 7872
        Step slide = Step.of("create where only the sum has room", "80E0200007280200F0F0FF00");
        int operations = TearTest.uncut(slide, nvm.copy());
        assertTrue(operations > 4000, "operations " + operations);
        TearTest.run("sliding of files", nvm, List.of(slide), operations / (TearTest.LONG ? 1000 : 50));
        assertTrue(TearTest.twiceEverywhere(slide, nvm, operations / (TearTest.LONG ? 100 : 12), 25) > 20);
    }

    @Test
    void second_cut_while_the_joining_goes_on_leaves_every_file_whole() {
        Nvm nvm = holes(SMALL, 700, 700).card().nvm();
        int operations = TearTest.uncut(fillTheSum(), nvm.copy());
        int tried = TearTest.twiceEverywhere(fillTheSum(), nvm, operations / (TearTest.LONG ? 100 : 12), 25);
        assertTrue(tried > 20, "tried " + tried);
    }

    @Test
    void cut_anywhere_in_deleting_leaves_before_or_after() {
        Nvm nvm = Purses.personalise(Bench.blank(new NvmGeometry(32768, 64, 1_000_000)))
                .card()
                .nvm();
        List<Step> script = List.of(
                Step.in("delete a file", b -> delete(b, Purses.CONTROL, "0015")),
                Step.in("delete the application", b -> delete(b, Purses.CONTROL, "3F01")));
        TearTest.run("delete", nvm.copy(), script, 1);
        Step wrong =
                Step.in("delete with wrong MAC", b -> delete(b, MF_KEY, "0018")).expecting("6988");
        TearTest.run("delete with wrong MAC", nvm, List.of(wrong, wrong, wrong.expecting("6988")), 1);
    }

    @Test
    void random_creations_and_deletions_agree_with_a_model_of_quotas() {
        Bench small = Bench.blank(SMALL);
        small.ok("80E0 0000 07 3F 0080 01 F0 FF FF");
        small.ok("80D4010015 39F0F00F33" + MF_KEY);
        small.ok("80E0DF01 0D 38 0FA0 F0 F0 01 FF FF 4142434445");
        small.ok("00A4000002DF01");
        TreeMap<Integer, Integer> model = new TreeMap<>();
        Random random = new Random(8);
        for (int i = 0; i < 300; i++) {
            int fid = 0x0101 + random.nextInt(30);
            if (random.nextInt(3) == 0 && !model.isEmpty()) {
                int gone = new ArrayList<>(model.keySet()).get(random.nextInt(model.size()));
                small.expect(delete(small, MF_KEY, String.format("%04X", gone)), "9000");
                model.remove(gone);
                continue;
            }
            int size = 8 + random.nextInt(500);
            int used = 17 + model.values().stream().mapToInt(Integer::intValue).sum();
            String expected = model.containsKey(fid) ? "6A80" : used + size > 4000 ? "6A84" : "9000";
            small.expect(String.format("80E0%04X0728%04XF0F0FF00", fid, size), expected);
            if (expected.equals("9000")) {
                model.put(fid, size);
                small.ok(String.format("00A4000002%04X", fid));
                small.ok(String.format(
                        "00D6%04X08%s",
                        size - 8, String.format("%02X", fid & 0xFF).repeat(8)));
            }
        }
        model.forEach((fid, size) -> {
            small.ok(String.format("00A4000002%04X", fid));
            small.expect(
                    String.format("00B0%04X08", size - 8),
                    String.format("%02X", fid & 0xFF).repeat(8) + "9000");
        });
    }
}
