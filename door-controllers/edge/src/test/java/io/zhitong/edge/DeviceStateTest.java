package io.zhitong.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceStateTest {

    @TempDir
    private Path folder;

    @Test
    void what_was_put_is_there_for_the_next_program_and_what_was_forgotten_is_not() {
        Path file = folder.resolve("state.db");
        try (DeviceState state = DeviceState.open(file)) {
            state.put("mode.1", Optional.of("LOCKED"));
            state.put("mode.2", Optional.of("门"));
            state.put("mode.1", Optional.of("UNLOCKED"));
            state.put("mode.3", Optional.of("gone"));
            state.put("mode.3", Optional.empty());
        }
        try (DeviceState state = DeviceState.open(file)) {
            assertEquals(Optional.of("UNLOCKED"), state.get("mode.1"));
            assertEquals(Optional.of("门"), state.get("mode.2"));
            assertEquals(Optional.empty(), state.get("mode.3"));
        }
    }

    @Test
    void name_is_a_value_and_no_sql() {
        try (DeviceState state = DeviceState.open(folder.resolve("state.db"))) {
            state.put("'; drop table state; --", Optional.of("x"));
            assertEquals(Optional.of("x"), state.get("'; drop table state; --"));
        }
    }

    @Test
    void closed_state_takes_nothing_more() {
        DeviceState state = DeviceState.open(folder.resolve("state.db"));
        state.close();
        assertEquals(
                EdgeFault.STOPPED,
                assertThrows(EdgeException.class, () -> state.put("a", Optional.of("b")))
                        .fault());
    }

    @Test
    void what_begins_alike_is_found_together_and_nothing_else() {
        try (DeviceState state = DeviceState.open(folder.resolve("alike.db"))) {
            state.put("at.h7", Optional.of("1 2"));
            state.put("at.h_", Optional.of("3 4"));
            state.put("atlas", Optional.of("5"));
            state.put("AT.h7", Optional.of("6"));
            assertEquals(java.util.Map.of("at.h7", "1 2", "at.h_", "3 4"), state.all("at."));
        }
    }
}
