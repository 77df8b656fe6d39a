package io.zhitong.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.edge.EdgeException;
import io.zhitong.edge.Health;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchdogTest {

    @TempDir
    private Path folder;

    private final AtomicLong stalled = new AtomicLong();
    private final AtomicInteger fed = new AtomicInteger();
    private final Happened happened = new Happened();
    private final Health health = new Health();
    private final Watchdog watchdog = new Watchdog(stalled::get, fed::incrementAndGet, happened, health);

    @Test
    void feeds_while_the_loop_goes_on_and_not_a_moment_longer() {
        stalled.set(2_000);
        watchdog.look();
        assertEquals(1, fed.get());
        stalled.set(2_001);
        watchdog.look();
        watchdog.look();
        assertEquals(1, fed.get());
        assertFalse(health.healthy());
        stalled.set(0);
        watchdog.look();
        assertEquals(2, fed.get());
        assertTrue(health.healthy());
        assertEquals(List.of("STALLED @0", "STALL_ENDED @0"), happened.log(), "once each");
    }

    @Test
    void machine_s_watchdog_gets_its_bytes_and_is_disarmed_by_a_clean_stop() throws IOException {
        Path device = Files.createFile(folder.resolve("watchdog"));
        try (WatchdogFile machine = new WatchdogFile(device)) {
            machine.feed();
            machine.feed();
            assertEquals("11", Files.readString(device), "each byte arrives at once");
        }
        assertEquals("11V", Files.readString(device));
    }

    @Test
    void watchdog_that_is_configured_and_not_there_ends_the_start() {
        assertThrows(EdgeException.class, () -> new WatchdogFile(folder.resolve("gone/watchdog")));
    }
}
