package io.zhitong.backend.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.zhitong.backend.foundation.DatabaseKind;
import io.zhitong.backend.foundation.Mode;
import io.zhitong.backend.foundation.ZhitongSettings;
import io.zhitong.backend.testing.Eventually;
import io.zhitong.cardspec.CardException;
import io.zhitong.cardspec.ReaderFrame.Op;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BenchTest {

    private FakeCardWorld world;
    private Bench bench;

    @BeforeEach
    void start() throws IOException {
        world = new FakeCardWorld();
        bench = new Bench(settings(world.port()));
    }

    @AfterEach
    void stop() throws IOException {
        bench.close();
        world.close();
    }

    @Test
    void every_move_of_the_hand_is_one_request_to_the_driver() {
        bench.make("卡-3", "community");
        bench.put("卡-3", "door-1");
        bench.tear("door-1", 7);
        bench.lift("door-1");
        assertEquals(
                List.of(
                        "NEW {\"name\":\"卡-3\",\"profile\":\"community\"}",
                        "INSERT {\"card\":\"卡-3\",\"reader\":\"door-1\"}",
                        "TEAR {\"reader\":\"door-1\",\"operation\":7}",
                        "REMOVE {\"reader\":\"door-1\"}"),
                world.asked());
    }

    @Test
    void tapped_card_is_taken_back_after_a_moment() {
        world.answers(
                Op.LIST,
                "{\"readers\":[\"door-1\"],\"cards\":[{\"name\":\"a\",\"profile\":\"community\",\"reader\":\"door-1\"}]}");
        world.answers(Op.RELAYS, "[]");
        bench.tap("a", "door-1");
        assertEquals(List.of("INSERT {\"card\":\"a\",\"reader\":\"door-1\"}"), world.asked());
        Eventually.holds("taken back", () -> world.asked().contains("REMOVE {\"reader\":\"door-1\"}"));
    }

    @Test
    void tapped_card_that_is_gone_already_takes_no_other_card_with_it() {
        world.answers(
                Op.LIST,
                "{\"readers\":[\"door-1\"],\"cards\":[{\"name\":\"b\",\"profile\":\"community\",\"reader\":\"door-1\"}]}");
        world.answers(Op.RELAYS, "[]");
        bench.tap("a", "door-1");
        Eventually.holds("looked", () -> world.asked().contains("RELAYS "));
        bench.make("last", "blank");
        assertEquals(
                "NEW {\"name\":\"last\",\"profile\":\"blank\"}",
                world.asked().get(world.asked().size() - 1));
        assertEquals(
                0,
                world.asked().stream()
                        .filter(asked -> asked.startsWith("REMOVE"))
                        .count());
    }

    @Test
    void state_is_read_from_list_relays_and_what_readers_were_told() {
        world.answers(
                Op.LIST,
                "{\"readers\":[\"desk\",\"door-1\"],\"cards\":[{\"name\":\"a\",\"profile\":\"community\",\"reader\":\"desk\"},"
                        + "{\"name\":\"b\",\"profile\":\"blank\"}]}");
        world.answers(Op.RELAYS, "[{\"device\":42,\"point\":1,\"pulseMillis\":3000,\"at\":1795262400123}]");
        world.answers(Op.TOLD, "[{\"reader\":\"door-1\",\"signal\":\"STOP\",\"text\":\"此卡未授权\",\"at\":1795262400123}]");
        WorldState state = bench.look().orElseThrow();
        assertEquals(List.of("desk", "door-1"), state.readers());
        assertEquals("a", state.cardOn("desk").orElseThrow().name());
        assertEquals(Optional.empty(), state.cardOn("door-1"));
        assertEquals(1795262400123L, state.pulses().get(0).atMillis());
        assertEquals(List.of(new WorldState.Words("door-1", "STOP", "此卡未授权", 1795262400123L)), state.words());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "-a", "a\"b", "a/../b", "a\nb", "123456789012345678901234567890123"})
    void names_that_could_mean_something_else_never_reach_the_driver(String name) {
        assertEquals(
                BenchRefusal.Reason.BAD_NAME,
                assertThrows(BenchRefusal.class, () -> bench.make(name, "community"))
                        .reason());
        assertThrows(BenchRefusal.class, () -> bench.put(name, "desk"));
        assertThrows(BenchRefusal.class, () -> bench.lift(name));
        assertEquals(List.of(), world.asked());
    }

    @Test
    void newcomer_makes_no_security_module_and_tears_only_at_a_write() {
        assertThrows(BenchRefusal.class, () -> bench.make("a", "psam"));
        assertThrows(BenchRefusal.class, () -> bench.tear("desk", 0));
        assertThrows(BenchRefusal.class, () -> bench.tear("desk", 10_001));
        assertEquals(List.of(), world.asked());
    }

    @Test
    void refusal_of_the_driver_reaches_the_page_as_card_exception() {
        world.refuses();
        assertThrows(CardException.class, () -> bench.put("a", "desk"));
        assertEquals(Optional.empty(), bench.look());
    }

    @Test
    void absent_card_world_is_no_state() throws IOException {
        world.close();
        assertEquals(Optional.empty(), new Bench(settings(world.port())).look());
    }

    private static ZhitongSettings settings(int cardWorldPort) {
        return new ZhitongSettings(
                Path.of("unused"),
                Mode.DEMO,
                8080,
                "127.0.0.1",
                new ZhitongSettings.Database(DatabaseKind.H2, null, "o", "a", null, null),
                30,
                null,
                null,
                null,
                "127.0.0.1",
                cardWorldPort,
                "test",
                Set.of(io.zhitong.backend.foundation.BackendRole.values()));
    }
}
