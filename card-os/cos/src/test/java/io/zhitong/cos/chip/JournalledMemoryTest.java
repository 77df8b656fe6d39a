package io.zhitong.cos.chip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.smcrypto.Hex;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JournalledMemoryTest {
    private static final int AREA = 192;

    /** A log so short that the change under test begins its other half, or so long that it does not. */
    private static int log(Nvm nvm) {
        int unit = nvm.geometry().unit();
        return nvm.geometry().size() == 4096 ? unit == 64 ? 1024 : 512 : 4096;
    }

    private static Nvm memory(int unit, int size) {
        Nvm nvm = Nvm.inMemory(new NvmGeometry(size, unit, 1_000_000));
        JournalledMemory memory = new JournalledMemory(nvm, log(nvm));
        memory.write(0, Hex.parse("00".repeat(AREA)));
        memory.commit();
        memory.write(3, Hex.parse("0102030405"));
        memory.write(130, Hex.parse("a1a2a3"));
        memory.commit();
        return nvm;
    }

    private static void change(Nvm nvm) {
        JournalledMemory memory = new JournalledMemory(nvm, log(nvm));
        memory.write(4, Hex.parse("f1f2f3"));
        memory.write(64, Hex.parse("b0"));
        memory.write(131, Hex.parse("c1c2c3c4"));
        memory.commit();
    }

    /** The fault that the journal is there to prevent: units written in place. */
    private static void changeInPlace(Nvm nvm) {
        int unit = nvm.geometry().unit();
        int base = log(nvm) / unit;
        for (int u = base + 2; u < base + 4; u++) {
            nvm.erase(u);
            nvm.program(u, Hex.parse("77".repeat(unit)));
        }
    }

    private static String content(Nvm nvm) {
        return Hex.of(new JournalledMemory(nvm, log(nvm)).read(0, AREA));
    }

    private static boolean cut(Nvm nvm, PowerCut plan, Consumer<Nvm> work) {
        nvm.cutPower(plan);
        try {
            work.accept(nvm);
            nvm.keepPower();
            return false;
        } catch (PowerLoss e) {
            return true;
        }
    }

    private static void recover(Nvm nvm) {
        nvm.powerUp();
        new JournalledMemory(nvm, log(nvm));
    }

    @ParameterizedTest
    @CsvSource({"1, 4096", "4, 4096", "64, 4096", "1, 8192", "4, 8192", "64, 8192"})
    void one_cut_anywhere_leaves_before_or_after_and_stays_so(int unit, int size) {
        Nvm base = memory(unit, size);
        Nvm done = base.copy();
        change(done);
        Set<String> allowed = Set.of(content(base.copy()), content(done));
        assertEquals(2, allowed.size());
        for (TornContent torn : TornContent.values()) {
            for (int k = 1; ; k++) {
                Nvm nvm = base.copy();
                if (!cut(nvm, new PowerCut(k, torn), JournalledMemoryTest::change)) {
                    break;
                }
                recover(nvm);
                settled(nvm, allowed, "unit " + unit + " operation " + k + " " + torn);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"4, 4096", "64, 4096", "4, 8192", "64, 8192"})
    void two_cuts_in_a_row_leave_before_or_after_and_stay_so(int unit, int size) {
        Nvm base = memory(unit, size);
        Nvm done = base.copy();
        change(done);
        Set<String> allowed = Set.of(content(base.copy()), content(done));
        int pairs = 0;
        for (TornContent first : TornContent.values()) {
            for (int k = 1; ; k++) {
                Nvm once = base.copy();
                if (!cut(once, new PowerCut(k, first), JournalledMemoryTest::change)) {
                    break;
                }
                pairs += secondCuts(once, allowed, "unit " + unit + " first " + k + " " + first);
            }
        }
        assertTrue(pairs > 300, "pairs of cuts: " + pairs);
    }

    private static int secondCuts(Nvm once, Set<String> allowed, String where) {
        int tried = 0;
        for (TornContent second : TornContent.values()) {
            for (int j = 1; ; j++) {
                Nvm twice = once.copy();
                if (!cut(twice, new PowerCut(j, second), JournalledMemoryTest::recover)) {
                    break;
                }
                recover(twice);
                settled(twice, allowed, where + " second " + j + " " + second);
                tried++;
            }
        }
        return tried;
    }

    /** What recovery decided holds at later resets, and the memory takes the next change. */
    private static void settled(Nvm nvm, Set<String> allowed, String where) {
        String found = content(nvm);
        assertTrue(allowed.contains(found), where);
        for (int reset = 0; reset < 3; reset++) {
            nvm.powerUp();
            assertEquals(found, content(nvm), where);
        }
        change(nvm);
        assertTrue(allowed.contains(content(nvm)) && content(nvm).contains("c1c2c3c4"), where);
    }

    @ParameterizedTest
    @CsvSource({"1, 4096", "4, 4096", "64, 4096"})
    void many_commits_with_cuts_on_every_second_are_each_before_or_after(int unit, int size) {
        Nvm nvm = memory(unit, size);
        Random random = new Random(unit);
        for (int round = 0; round < 600; round++) {
            String before = content(nvm);
            byte[] drawn = new byte[1 + random.nextInt(20)];
            random.nextBytes(drawn);
            int at = random.nextInt(AREA - drawn.length);
            String after = before.substring(0, 2 * at) + Hex.of(drawn) + before.substring(2 * (at + drawn.length));
            TornContent torn = TornContent.values()[random.nextInt(4)];
            if (cut(nvm, new PowerCut(1 + random.nextInt(60), torn), n -> writeAt(n, at, drawn))) {
                cut(nvm, new PowerCut(1 + random.nextInt(6), torn), JournalledMemoryTest::recover);
                recover(nvm);
            }
            String found = content(nvm);
            assertTrue(found.equals(before) || found.equals(after), "round " + round);
            nvm.powerUp();
            assertEquals(found, content(nvm), "round " + round);
        }
    }

    private static void writeAt(Nvm nvm, int at, byte[] bytes) {
        JournalledMemory memory = new JournalledMemory(nvm, log(nvm));
        memory.write(at, bytes);
        memory.commit();
    }

    @Test
    void units_of_the_log_wear_evenly_and_a_hot_place_once_a_half() {
        Nvm nvm = Nvm.inMemory(new NvmGeometry(8192, 4, 1000));
        JournalledMemory memory = new JournalledMemory(nvm, 4096);
        int commits = 0;
        try {
            for (; ; commits++) {
                memory.write(40, (byte) commits, (byte) (commits >> 8), (byte) (commits >> 16));
                memory.commit();
            }
        } catch (WornOut end) {
            // entry of 3 units and 2 seals: 102 of them in a half of 512 units, and then the place goes home
            assertEquals(102 * 1000, commits, 204);
        }
        int most = 0;
        long sum = 0;
        for (int u = 0; u < 1024; u++) {
            most = Math.max(most, nvm.wear(u));
            sum += nvm.wear(u);
        }
        assertTrue(most * 1024L < sum * 1.01, "most " + most + ", mean " + sum / 1024.0);
        assertEquals(1000, nvm.wear(1024 + 10));
        assertEquals(500, most, 1);
    }

    @Test
    void filling_a_place_that_the_log_still_names_is_not_undone_by_the_log() {
        Nvm nvm = memory(4, 8192);
        JournalledMemory memory = new JournalledMemory(nvm, log(nvm));
        memory.write(100, Hex.parse("aabbccddeeff"));
        memory.commit();
        memory.fillUnused(96, 16, (byte) 0);
        memory.commit();
        assertEquals("00".repeat(16), content(nvm).substring(192, 224));
    }

    @Test
    void memory_whose_seal_cannot_be_written_any_more_is_still_read() {
        Nvm nvm = Nvm.inMemory(new NvmGeometry(4096, 4, 50));
        JournalledMemory memory = new JournalledMemory(nvm, 512);
        memory.write(8, Hex.parse("01020304"));
        memory.commit();
        // entries have three units and two seals: 5 to 7 is the next, 8 its first seal
        for (int worn : new int[] {8, 9}) {
            while (nvm.wear(worn) < 50) {
                nvm.erase(worn);
            }
        }
        memory.write(8, Hex.parse("0a0b0c0d"));
        assertThrows(WornOut.class, memory::commit);
        JournalledMemory again = new JournalledMemory(nvm, 512);
        assertEquals("01020304", Hex.of(again.read(8, 4)));
        again.write(8, Hex.parse("0a0b0c0d"));
        assertThrows(WornOut.class, again::commit);
    }

    @Test
    void search_finds_a_planted_fault() {
        Nvm base = memory(4, 4096);
        // turns the log, after which the units in question are at home only
        change(base);
        Nvm done = base.copy();
        changeInPlace(done);
        Set<String> allowed = Set.of(content(base.copy()), content(done));
        boolean found = false;
        for (int k = 1; k <= 4; k++) {
            Nvm nvm = base.copy();
            cut(nvm, new PowerCut(k, TornContent.ERASED), JournalledMemoryTest::changeInPlace);
            recover(nvm);
            found |= !allowed.contains(content(nvm));
        }
        assertTrue(found);
    }

    @Test
    void rollback_forgets_and_commit_of_nothing_writes_nothing() {
        Nvm nvm = memory(4, 4096);
        JournalledMemory memory = new JournalledMemory(nvm, log(nvm));
        int before = nvm.operations();
        memory.write(3, Hex.parse("ffff"));
        assertEquals("ffff", Hex.of(memory.read(3, 2)));
        memory.rollback();
        assertEquals("0102", Hex.of(memory.read(3, 2)));
        memory.commit();
        assertEquals(before, nvm.operations());
    }

    @Test
    void power_up_after_a_clean_end_writes_nothing() {
        Nvm nvm = memory(64, 4096);
        int before = nvm.operations();
        recover(nvm);
        assertEquals(before, nvm.operations());
    }

    @Test
    void filling_unused_memory_does_not_touch_its_neighbours() {
        Nvm nvm = memory(4, 4096);
        JournalledMemory memory = new JournalledMemory(nvm, log(nvm));
        memory.fillUnused(6, 9, (byte) 0x55);
        memory.commit();
        assertEquals("000000010203" + "55".repeat(9) + "00", Hex.of(new JournalledMemory(nvm, log(nvm)).read(0, 16)));
    }

    @Test
    void changes_larger_than_half_the_log_are_a_fault() {
        JournalledMemory memory = new JournalledMemory(Nvm.inMemory(new NvmGeometry(1024, 4, 9)), 64);
        memory.write(0, new byte[200]);
        assertThrows(IllegalStateException.class, memory::commit);
        assertThrows(IndexOutOfBoundsException.class, () -> memory.read(1000, 100));
        assertFalse(memory.size() == 0);
    }
}
