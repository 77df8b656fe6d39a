package io.zhitong.cos.chip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.smcrypto.Hex;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalledMemoryTest {
    private static final int JOURNAL = 256;
    private static final int AREA = 192;

    private static Nvm memory(int unit) {
        Nvm nvm = Nvm.inMemory(new NvmGeometry(1024, unit, 1_000_000));
        JournalledMemory memory = new JournalledMemory(nvm, JOURNAL);
        memory.write(0, Hex.parse("00".repeat(AREA)));
        memory.commit();
        memory.write(3, Hex.parse("0102030405"));
        memory.write(130, Hex.parse("a1a2a3"));
        memory.commit();
        return nvm;
    }

    private static void change(Nvm nvm) {
        JournalledMemory memory = new JournalledMemory(nvm, JOURNAL);
        memory.write(4, Hex.parse("f1f2f3"));
        memory.write(64, Hex.parse("b0"));
        memory.write(131, Hex.parse("c1c2c3c4"));
        memory.commit();
    }

    /** The fault that the journal is there to prevent: units written in place. */
    private static void changeInPlace(Nvm nvm) {
        int unit = nvm.geometry().unit();
        int base = (2 * JournalMark.LENGTH + JOURNAL) / unit;
        for (int u = base; u < base + 2; u++) {
            nvm.erase(u);
            nvm.program(u, new byte[unit]);
        }
    }

    private static String content(Nvm nvm) {
        return Hex.of(new JournalledMemory(nvm, JOURNAL).read(0, AREA));
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
        new JournalledMemory(nvm, JOURNAL);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 64})
    void one_cut_anywhere_leaves_before_or_after_and_stays_so(int unit) {
        Nvm base = memory(unit);
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
    @ValueSource(ints = {4, 64})
    void two_cuts_in_a_row_leave_before_or_after_and_stay_so(int unit) {
        Nvm base = memory(unit);
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
        assertTrue(pairs > 1000, "pairs of cuts: " + pairs);
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

    @Test
    void search_finds_a_planted_fault() {
        Nvm base = memory(4);
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
        Nvm nvm = memory(4);
        JournalledMemory memory = new JournalledMemory(nvm, JOURNAL);
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
        Nvm nvm = memory(64);
        int before = nvm.operations();
        recover(nvm);
        assertEquals(before, nvm.operations());
    }

    @Test
    void filling_unused_memory_does_not_touch_its_neighbours() {
        Nvm nvm = memory(4);
        JournalledMemory memory = new JournalledMemory(nvm, JOURNAL);
        memory.fillUnused(6, 9, (byte) 0x55);
        memory.commit();
        assertEquals("000000010203" + "55".repeat(9) + "00", Hex.of(new JournalledMemory(nvm, JOURNAL).read(0, 16)));
    }

    @Test
    void changes_larger_than_the_journal_are_a_fault() {
        JournalledMemory memory = new JournalledMemory(Nvm.inMemory(new NvmGeometry(1024, 4, 9)), 64);
        memory.write(0, new byte[200]);
        assertThrows(IllegalStateException.class, memory::commit);
        assertThrows(IndexOutOfBoundsException.class, () -> memory.read(1000, 100));
        assertFalse(memory.size() == 0);
    }
}
