package io.zhitong.uhppote.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.uhppote.Poll;
import io.zhitong.uhppote.Rig;
import io.zhitong.uhppote.driver.BoardAddress;
import io.zhitong.uhppote.driver.DriverException;
import io.zhitong.uhppote.driver.UdpDriver;
import io.zhitong.uhppote.message.BoardCard;
import io.zhitong.uhppote.message.CountCards;
import io.zhitong.uhppote.message.GetCard;
import io.zhitong.uhppote.message.GetEvent;
import io.zhitong.uhppote.message.GetTime;
import io.zhitong.uhppote.message.PutCard;
import io.zhitong.uhppote.message.SetTime;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The board as a process that is killed, over and over, while it is written to. */
final class KilledBoardIT {

    @TempDir
    Path folder;

    /** A running board and the lines it says. */
    private record Running(Process process, BufferedReader out, PrintStream in, BoardAddress address) {

        String say(String line) throws IOException {
            in.println(line);
            return String.valueOf(out.readLine());
        }

        void kill() throws InterruptedException {
            process.destroyForcibly();
            assertTrue(process.waitFor(10, TimeUnit.SECONDS));
        }
    }

    private Running start() throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EmulatorProgram.class.getName(),
                        "--serial",
                        String.valueOf(Rig.SERIAL),
                        "--data",
                        folder.resolve("board").toString(),
                        "--port",
                        "0")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String ready = String.valueOf(out.readLine());
        assertTrue(ready.startsWith("ready "), ready);
        InetSocketAddress at = new InetSocketAddress(
                InetAddress.getLoopbackAddress(), Integer.parseInt(ready.substring("ready ".length())));
        PrintStream in = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        return new Running(process, out, in, new BoardAddress(Rig.SERIAL, at));
    }

    private static BoardCard card(long number) {
        return new BoardCard(
                number,
                Optional.of(LocalDate.of(2020, 1, 1)),
                Optional.of(LocalDate.of(2099, 12, 31)),
                List.of(1, 0, 0, 0),
                0);
    }

    @Test
    void what_was_answered_is_there_after_every_kill() throws Exception {
        Random random = new Random(5);
        List<Long> answered = new CopyOnWriteArrayList<>();
        long next = 1;
        try (UdpDriver driver = UdpDriver.open(Rig.ANY, Rig.QUICK)) {
            for (int round = 0; round < 6; round++) {
                Running board = start();
                for (long number : answered) {
                    assertEquals(
                            Optional.of(card(number)),
                            driver.ask(board.address(), new GetCard(Rig.SERIAL, number))
                                    .card());
                }
                int until = answered.size() + 3 + random.nextInt(20);
                Thread killer = new Thread(() -> killWhen(board, () -> answered.size() >= until));
                killer.start();
                try {
                    while (true) {
                        long number = next++;
                        driver.ask(board.address(), new PutCard(Rig.SERIAL, card(number)));
                        answered.add(number);
                    }
                } catch (DriverException killed) {
                    killer.join();
                }
            }
        }
        assertTrue(answered.size() >= 18, "cards were written: " + answered.size());
    }

    private static void killWhen(Running board, BooleanSupplier enough) {
        Poll.until("cards are answered", enough);
        try {
            board.kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void people_at_its_doors_are_lines_and_its_events_and_clock_outlive_it() throws Exception {
        try (UdpDriver driver = UdpDriver.open(Rig.ANY, Rig.QUICK)) {
            Running board = start();
            driver.ask(board.address(), new PutCard(Rig.SERIAL, card(77)));
            driver.ask(board.address(), new SetTime(Rig.SERIAL, LocalDateTime.of(2050, 6, 7, 8, 9, 10)));
            assertEquals("released", board.say("present 1 77"));
            assertEquals("refused", board.say("present 2 77"));
            assertEquals("refused", board.say("present 1 78"));
            assertEquals("released", board.say("press 1"));
            assertEquals("refused", board.say("type 1 1234"));
            assertEquals("opened", board.say("open 1"));
            assertEquals("closed", board.say("close 1"));
            for (String wrong : List.of("", "present", "present x 1", "present 9 1", "dance 1")) {
                assertEquals("unknown", board.say(wrong), wrong);
            }
            board.kill();
            Running again = start();
            assertEquals(
                    3,
                    driver.ask(again.address(), new GetEvent(Rig.SERIAL, GetEvent.NEWEST))
                            .event()
                            .orElseThrow()
                            .index());
            assertEquals(
                    1, driver.ask(again.address(), new CountCards(Rig.SERIAL)).value());
            assertEquals(
                    LocalDate.of(2050, 6, 7),
                    driver.ask(again.address(), new GetTime(Rig.SERIAL))
                            .time()
                            .orElseThrow()
                            .toLocalDate());
            again.in().close();
            assertTrue(again.process().waitFor(10, TimeUnit.SECONDS));
            assertEquals(0, again.process().exitValue());
        }
    }
}
