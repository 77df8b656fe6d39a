package io.zhitong.cos.chip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.smcrypto.Hex;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Entries, seals and halves of the log, unit by unit: an entry of 4 bytes has units 0–2, its seals are 3 and 4. */
class ChangeLogTest {
    private static final int LOG = 512;
    private static final String ONE = "00000101020304";
    private static final String TWO = "0000010a0b0c0d";

    private final Nvm nvm = Nvm.inMemory(new NvmGeometry(2048, 4, 1_000_000));

    private List<String> found() {
        return new ChangeLog(nvm, LOG).recover().stream().map(Hex::of).toList();
    }

    private ChangeLog with(String... bodies) {
        ChangeLog log = new ChangeLog(nvm, LOG);
        log.recover();
        for (String body : bodies) {
            log.append(Hex.parse(body));
        }
        return log;
    }

    private void put(int unit, String content) {
        nvm.erase(unit);
        nvm.program(unit, Hex.parse(content));
    }

    private String unit(int unit) {
        return Hex.of(nvm.read(4 * unit, 4));
    }

    @Test
    void entries_are_found_in_their_order_and_both_seals_differ_from_each_other_and_from_others() {
        with(ONE, TWO);
        assertEquals(List.of(ONE, TWO), found());
        assertEquals("00070000" + "00000001" + "01020304", unit(0) + unit(1) + unit(2));
        assertEquals(4, Set.of(unit(3), unit(4), unit(8), unit(9)).size());
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void entry_with_one_right_seal_counts_and_gets_the_other_again(int lost) {
        with(ONE);
        String seal = unit(lost);
        nvm.erase(lost);
        assertEquals(List.of(ONE), found());
        assertEquals(seal, unit(lost), "written again");
        nvm.erase(7 - lost);
        assertEquals(List.of(ONE), found(), "the other may fade now");
    }

    @Test
    void entry_without_seals_is_destroyed_and_then_nothing_is_left_to_do() {
        with(ONE, TWO);
        put(8, "12345678");
        put(9, "ffffffff");
        assertEquals(List.of(ONE), found());
        assertTrue(nvm.isErased(5) && nvm.isErased(6) && nvm.isErased(8) && nvm.isErased(9));
        int before = nvm.operations();
        assertEquals(List.of(ONE), found());
        assertEquals(before, nvm.operations());
        with("0001011a1b1c1d");
        assertEquals(List.of(ONE, "0001011a1b1c1d"), found());
    }

    @Test
    void seals_cover_the_body_and_the_generation() {
        with(ONE);
        put(2, "01020305");
        assertEquals(List.of(), found());
    }

    @Test
    void newer_half_lives_and_the_older_is_dead_whatever_it_holds() {
        ChangeLog log = with(ONE);
        log.turn();
        assertEquals(List.of(ONE), found(), "nothing is in the other half yet");
        log.append(Hex.parse(TWO));
        assertEquals(List.of(TWO), found());
        nvm.erase(0);
        assertEquals(List.of(TWO), found());
    }

    @Test
    void first_entry_of_the_new_half_without_seals_is_destroyed_and_the_old_half_lives() {
        ChangeLog log = with(ONE);
        log.turn();
        log.append(Hex.parse(TWO));
        nvm.erase(64 + 3);
        nvm.erase(64 + 4);
        assertEquals(List.of(ONE), found());
        assertTrue(nvm.isErased(64) && nvm.isErased(65));
    }

    @Test
    void entries_of_the_lap_before_behind_the_last_are_no_part_of_the_half() {
        ChangeLog log = with(ONE, ONE, ONE);
        log.turn();
        log.append(Hex.parse(TWO));
        log.turn();
        log.append(Hex.parse(TWO));
        assertEquals(List.of(TWO), found());
    }

    @Test
    void generations_beyond_one_and_two_bytes_are_told_apart() {
        ChangeLog log = with(ONE);
        for (int turn = 1; turn < 66_000; turn++) {
            log.turn();
            log.append(Hex.parse(turn % 2 == 0 ? ONE : TWO));
            if (turn % 257 == 0 || turn > 65_530 && turn < 65_545) {
                assertEquals(List.of(turn % 2 == 0 ? ONE : TWO), found(), "turn " + turn);
            }
        }
    }

    @Test
    void longest_body_just_fits_and_long_ones_are_found_again() {
        ChangeLog log = new ChangeLog(nvm, LOG);
        log.recover();
        // a half of 256 bytes: header 5 and two seals of 4
        assertEquals(243, log.longestBody());
        assertTrue(log.fits(243));
        assertFalse(log.fits(244));
        byte[] drawn = new byte[243];
        new Random(1).nextBytes(drawn);
        log.append(drawn);
        assertEquals(List.of(Hex.of(drawn)), found());
        assertFalse(log.fits(0));
        Nvm large = Nvm.inMemory(new NvmGeometry(4096, 4, 100));
        ChangeLog wide = new ChangeLog(large, 2048);
        wide.recover();
        byte[] long600 = new byte[600];
        new Random(2).nextBytes(long600);
        wide.append(long600);
        assertEquals(
                List.of(Hex.of(long600)),
                new ChangeLog(large, 2048).recover().stream().map(Hex::of).toList());
    }

    @Test
    void place_that_went_home_does_not_go_again_with_others() {
        JournalledMemory memory = new JournalledMemory(nvm, LOG);
        memory.write(100, (byte) 1, (byte) 2);
        memory.commit();
        for (int i = 0; i < 200; i++) {
            memory.write(200, (byte) i);
            memory.commit();
        }
        assertEquals(1, nvm.wear(LOG / 4 + 25));
        assertTrue(nvm.wear(LOG / 4 + 50) > 10);
        assertEquals(1, memory.u8(100));
        assertEquals(0x0102, memory.u16(100));
    }

    @Test
    void borders_of_memory_and_of_filling_are_kept() {
        JournalledMemory memory = new JournalledMemory(nvm, LOG);
        int size = memory.size();
        assertEquals(2048 - LOG, size);
        assertEquals(0, memory.read(size, 0).length);
        assertThrows(IndexOutOfBoundsException.class, () -> memory.read(size, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> memory.read(-1, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> memory.write(size - 1, (byte) 1, (byte) 2));
        for (int from = 0; from < 9; from++) {
            for (int length = 0; length < 12; length++) {
                Nvm copy = nvm.copy();
                JournalledMemory filled = new JournalledMemory(copy, LOG);
                filled.write(0, Hex.parse("a5".repeat(32)));
                filled.commit();
                filled.fillUnused(from, length, (byte) 0x33);
                filled.commit();
                String expected = "a5".repeat(from) + "33".repeat(length) + "a5".repeat(32 - from - length);
                assertEquals(expected, Hex.of(filled.read(0, 32)));
                assertEquals(expected, Hex.of(new JournalledMemory(copy, LOG).read(0, 32)), from + " " + length);
            }
        }
    }
}
