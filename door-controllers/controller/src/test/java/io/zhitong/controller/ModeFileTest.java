package io.zhitong.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointMode;
import io.zhitong.edge.EdgeException;
import io.zhitong.edge.EdgeFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModeFileTest {

    private static final PointId GATE = new PointId(1);

    @TempDir
    private Path folder;

    @Test
    void lock_down_is_still_there_after_a_restart_and_gone_after_release() throws IOException {
        Path file = folder.resolve("modes");
        new ModeFile(file).put(GATE, Optional.of(PointMode.LOCKED));
        assertEquals("1 LOCKED\n", Files.readString(file));
        ModeFile again = new ModeFile(file);
        assertEquals(Optional.of(PointMode.LOCKED), again.of(GATE));
        again.put(GATE, Optional.empty());
        assertEquals(Optional.empty(), new ModeFile(file).of(GATE));
    }

    @Test
    void point_without_command_has_none() {
        assertEquals(Optional.empty(), new ModeFile(folder.resolve("modes")).of(GATE));
    }

    @Test
    void file_that_cannot_be_understood_stops_the_start_instead_of_unlocking() throws IOException {
        Path file = Files.writeString(folder.resolve("modes"), "1 LOCKDE\n");
        assertEquals(
                EdgeFault.CONFIG,
                assertThrows(EdgeException.class, () -> new ModeFile(file)).fault());
        Files.writeString(file, "gate\n");
        assertThrows(EdgeException.class, () -> new ModeFile(file));
    }

    @Test
    void folder_that_is_gone_is_said_so() {
        ModeFile modes = new ModeFile(folder.resolve("no/such/modes"));
        assertEquals(
                EdgeFault.IO,
                assertThrows(EdgeException.class, () -> modes.put(GATE, Optional.of(PointMode.LOCKED)))
                        .fault());
    }
}
