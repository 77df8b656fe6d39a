package io.zhitong.cos.chip;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.smcrypto.Hex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NvmTest {
    private static final NvmGeometry SHAPE = new NvmGeometry(64, 4, 3);
    private final Nvm nvm = Nvm.inMemory(SHAPE);

    @Test
    void fresh_memory_reads_ff() {
        assertEquals("ff".repeat(64), Hex.of(nvm.read(0, 64)));
    }

    @Test
    void programmed_unit_reads_what_was_programmed_and_must_be_erased_before_the_next() {
        nvm.program(2, Hex.parse("01020304"));
        assertEquals("ff01020304ff", Hex.of(nvm.read(7, 6)));
        assertThrows(IllegalStateException.class, () -> nvm.program(2, Hex.parse("05060708")));
        nvm.erase(2);
        nvm.program(2, Hex.parse("05060708"));
        assertEquals("05060708", Hex.of(nvm.read(8, 4)));
    }

    @Test
    void unit_wears_out_at_its_endurance() {
        for (int i = 0; i < 3; i++) {
            nvm.erase(1);
        }
        assertEquals(3, nvm.wear(1));
        assertThrows(WornOut.class, () -> nvm.erase(1));
        nvm.erase(2);
    }

    @Test
    void cut_leaves_old_new_or_erased_as_planned() {
        nvm.program(0, Hex.parse("01020304"));
        nvm.cutPower(new PowerCut(1, TornContent.OLD));
        assertThrows(PowerLoss.class, () -> nvm.erase(0));
        assertThrows(PowerLoss.class, () -> nvm.erase(1));
        nvm.powerUp();
        assertEquals("01020304", Hex.of(nvm.read(0, 4)));
        nvm.cutPower(new PowerCut(1, TornContent.NEW));
        assertThrows(PowerLoss.class, () -> nvm.erase(0));
        nvm.powerUp();
        assertTrue(nvm.isErased(0));
        nvm.cutPower(new PowerCut(1, TornContent.ERASED));
        assertThrows(PowerLoss.class, () -> nvm.program(0, Hex.parse("01020304")));
        nvm.powerUp();
        assertTrue(nvm.isErased(0));
    }

    @Test
    void randomly_torn_unit_reads_differently_at_the_next_two_resets_and_then_settles() {
        Set<String> firsts = new HashSet<>();
        boolean moved = false;
        for (int i = 0; i < 50; i++) {
            Nvm fresh = Nvm.inMemory(new NvmGeometry(64, 64, 9));
            for (int k = 0; k < i; k++) {
                fresh = tear(fresh);
            }
            fresh = tear(fresh);
            fresh.powerUp();
            String first = Hex.of(fresh.read(0, 64));
            fresh.powerUp();
            String second = Hex.of(fresh.read(0, 64));
            fresh.powerUp();
            assertEquals(second, Hex.of(fresh.read(0, 64)));
            firsts.add(first);
            moved |= !first.equals(second);
            if (i > 6) {
                break;
            }
        }
        assertTrue(moved && firsts.size() > 1);
    }

    private static Nvm tear(Nvm nvm) {
        nvm.powerUp();
        nvm.cutPower(new PowerCut(1, TornContent.RANDOM));
        assertThrows(PowerLoss.class, () -> nvm.erase(0));
        return nvm;
    }

    @Test
    void file_keeps_content_wear_and_weakness(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("a.card");
        Nvm made = Nvm.create(file, SHAPE);
        made.erase(3);
        made.program(3, Hex.parse("0a0b0c0d"));
        Nvm again = Nvm.open(file);
        assertEquals("0a0b0c0d", Hex.of(again.read(12, 4)));
        assertEquals(1, again.wear(3));
        assertEquals(SHAPE, again.geometry());
        assertThrows(IOException.class, () -> Nvm.create(file, SHAPE));
    }

    @Test
    void other_files_are_refused(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("b.card");
        Files.write(file, new byte[10]);
        assertThrows(IOException.class, () -> Nvm.open(file));
        Files.write(file, new byte[400]);
        assertThrows(IOException.class, () -> Nvm.open(file));
        Path cut = directory.resolve("c.card");
        Nvm.create(cut, SHAPE);
        Files.write(cut, java.util.Arrays.copyOf(Files.readAllBytes(cut), 150));
        assertThrows(IOException.class, () -> Nvm.open(cut));
    }

    @Test
    void copy_is_independent() {
        nvm.program(0, Hex.parse("01020304"));
        Nvm twin = nvm.copy();
        twin.erase(0);
        assertArrayEquals(Hex.parse("01020304"), nvm.read(0, 4));
    }

    @Test
    void impossible_shapes_are_refused() {
        assertThrows(IllegalArgumentException.class, () -> new NvmGeometry(64, 2, 1));
        assertThrows(IllegalArgumentException.class, () -> new NvmGeometry(66, 4, 1));
        assertThrows(IllegalArgumentException.class, () -> new NvmGeometry(65540, 4, 1));
        assertThrows(IllegalArgumentException.class, () -> new NvmGeometry(64, 4, 0));
        assertThrows(IllegalArgumentException.class, () -> new PowerCut(0, TornContent.OLD));
    }
}
