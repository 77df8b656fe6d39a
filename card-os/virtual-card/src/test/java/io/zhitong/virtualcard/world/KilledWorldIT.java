package io.zhitong.virtualcard.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cardspec.ReaderFrame.Op;
import io.zhitong.virtualcard.Await;
import io.zhitong.virtualcard.CardProgram;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The card world as a process: killed in the middle of commands, stopped by a signal, started on a taken port. */
class KilledWorldIT {
    @TempDir
    private Path directory;

    private int port;
    private Process process;

    private void start() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = probe.getLocalPort();
        }
        process = serve("log", port);
        awaitReady();
    }

    private Process serve(String log, int onPort) throws IOException {
        return CardProgram.start(
                directory.resolve(log),
                "serve",
                "--port",
                Integer.toString(onPort),
                "--data",
                directory.resolve("data").toString(),
                "--reader",
                "desk");
    }

    private void awaitReady() {
        Await.until("the line 'ready'", Duration.ofSeconds(20), () -> log("log").contains("ready"));
    }

    private List<String> log(String name) {
        try {
            return Files.readAllLines(directory.resolve(name));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @AfterEach
    void end() {
        process.destroyForcibly();
    }

    @Test
    void every_answered_command_survives_the_kill_and_the_one_under_way_is_whole_or_not_there() throws Exception {
        start();
        try (WorldClient hands = new WorldClient(port)) {
            hands.ok(Op.NEW, "{\"name\":\"c\",\"profile\":\"blank\"}");
            hands.ok(Op.INSERT, "{\"card\":\"c\",\"reader\":\"desk\"}");
        }
        int rounds = 4;
        int written = 0;
        for (int round = 0; round < rounds; round++) {
            written = writeUntilKilled(round, written);
            start();
            try (WorldClient terminal = new WorldClient(port).on("desk")) {
                String found = terminal.apdu("00B0950000");
                int kept = Integer.parseInt(found.substring(0, 8), 16);
                assertTrue(kept == written || kept == written + 1, "answered " + written + ", kept " + kept);
                assertEquals((found.substring(0, 8)).repeat(16) + "9000", found);
                written = kept;
            }
        }
    }

    /** Writes 1, 2, 3, … sixteen times each into the file until the process dies; the last number answered. */
    private int writeUntilKilled(int round, int from) throws Exception {
        AtomicInteger answered = new AtomicInteger(from);
        try (WorldClient terminal = new WorldClient(port).on("desk")) {
            if (round == 0) {
                assertEquals("9000", terminal.apdu("80E00015072800 40F0F0FF00"));
            }
            Thread killer = new Thread(() -> {
                Await.until("some commands", Duration.ofSeconds(10), () -> answered.get() > from + 50);
                process.destroyForcibly();
            });
            killer.start();
            try {
                while (true) {
                    int next = answered.get() + 1;
                    terminal.apdu("00D6950040" + String.format("%08X", next).repeat(16));
                    answered.set(next);
                }
            } catch (IOException killed) {
                killer.join();
            }
        }
        assertTrue(process.waitFor(10, TimeUnit.SECONDS));
        return answered.get();
    }

    /** Balance, and whether the purchase that had begun with that sequence was debited. */
    private record Purse(long balance, boolean debited) {}

    @Test
    void purchase_killed_under_way_is_debited_with_its_proof_or_neither() throws Exception {
        start();
        try (WorldClient hands = new WorldClient(port)) {
            hands.ok(Op.NEW, "{\"name\":\"c\",\"profile\":\"blank\"}");
            hands.ok(Op.INSERT, "{\"card\":\"c\",\"reader\":\"desk\"}");
        }
        try (WorldClient terminal = new WorldClient(port).on("desk")) {
            for (String line : ShellPurse.PERSONALISATION) {
                assertTrue(terminal.apdu(line).endsWith("9000"), line);
            }
            ShellPurse.load(terminal::apdu, ShellPurse.MONEY);
        }
        int paid = 0;
        for (int round = 0; round < 4; round++) {
            paid = buyUntilKilled(paid);
            start();
            Purse found = look(paid);
            assertEquals(ShellPurse.MONEY - paid - (found.debited() ? 1 : 0), found.balance(), "after " + paid);
            paid += found.debited() ? 1 : 0;
        }
        assertTrue(paid > 100, paid + " purchases");
    }

    private Purse look(int sequence) throws IOException {
        try (WorldClient terminal = new WorldClient(port).on("desk")) {
            terminal.apdu(ShellPurse.SELECT);
            String balance = terminal.apdu("805C000204");
            String proof = terminal.apdu("805A000602" + String.format("%04X", sequence) + "08");
            assertTrue(proof.equals("9406") || proof.length() == 20, proof);
            return new Purse(Long.parseLong(balance.substring(0, 8), 16), proof.length() == 20);
        }
    }

    /** Buys for one fen until the process dies; the number of purchases answered. */
    private int buyUntilKilled(int from) throws Exception {
        AtomicInteger answered = new AtomicInteger(from);
        try (WorldClient terminal = new WorldClient(port).on("desk")) {
            Thread killer = new Thread(() -> {
                Await.until("some purchases", Duration.ofSeconds(20), () -> answered.get() > from + 25);
                process.destroyForcibly();
            });
            killer.start();
            try {
                terminal.apdu(ShellPurse.SELECT);
                while (true) {
                    ShellPurse.buy(terminal::apdu, answered.get());
                    answered.incrementAndGet();
                }
            } catch (IOException killed) {
                killer.join();
            }
        }
        assertTrue(process.waitFor(10, TimeUnit.SECONDS));
        return answered.get();
    }

    @Test
    void signal_ends_it_and_a_taken_port_is_one_line_and_a_code() throws Exception {
        start();
        Process second = serve("second.log", port);
        assertTrue(second.waitFor(20, TimeUnit.SECONDS));
        assertEquals(3, second.exitValue());
        assertEquals(1, log("second.log").size(), log("second.log").toString());
        process.destroy();
        assertTrue(process.waitFor(10, TimeUnit.SECONDS));
        assertEquals(2, log("log").size(), log("log").toString());
    }
}
