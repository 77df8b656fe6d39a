package io.zhitong.zt.card;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.virtualcard.file.NewCommand;
import io.zhitong.virtualcard.world.CardWorldServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code zt card script} and {@code zt card apdu}, on new cards, on a card file, and on a reader of a card world. */
final class ScriptCommandTest {
    private static final String CREATE = "80E0001507 28 0004 F0 F0 FF 00 > 9000\n00D6950004 A1A2A3A4 > 9000\n";

    @TempDir
    private Path directory;

    private Told script(String text, Object... options) throws IOException {
        Path file = Files.writeString(directory.resolve("a.script"), text);
        Object[] words = java.util.stream.Stream.concat(java.util.stream.Stream.of(file), List.of(options).stream())
                .toArray();
        return Told.to(new ScriptCommand(), words);
    }

    @Test
    void commands_are_printed_with_their_answers_and_counted() throws IOException {
        Told told = script("!card a blank\n" + CREATE + "00B0950000 > A1*  # read\n00B0950004\n");
        assertEquals(0, told.code(), told.err());
        assertEquals(
                List.of(
                        "80E0001507 28 0004 F0 F0 FF 00 > 9000",
                        "00D6950004 A1A2A3A4 > 9000",
                        "00B0950000 > A1A2A3A49000",
                        "00B0950004 > A1A2A3A49000",
                        "3 answers as expected 应答与预期一致"),
                told.out().lines().toList());
    }

    @Test
    void answer_that_differs_ends_with_1_and_names_the_line() throws IOException {
        Told told = script("!card a blank\n" + CREATE + "00B0950000 > A2*\n", "--quiet");
        assertEquals(1, told.code());
        assertTrue(told.err().contains("line 4: expected 预期 A2*, came 实际 A1A2A3A49000"), told.err());
        assertEquals("", told.out());
    }

    @Test
    void card_file_keeps_what_a_script_wrote() throws IOException {
        Path card = directory.resolve("a.card");
        assertEquals(0, Told.to(new NewCommand(), card).code());
        assertEquals(0, script(CREATE, "--file", card).code());
        assertEquals(0, script("00B0950000 > A1A2A3A49000\n", "--file", card).code());
        assertEquals(2, script("!card b blank\n!card b blank\n", "--file", card).code());
    }

    @Test
    void cards_that_a_script_makes_are_kept_where_one_says() throws IOException {
        Path folder = directory.resolve("kept");
        assertEquals(
                0,
                script("!card a blank\n" + CREATE + "!card b blank\n", "--keep", folder)
                        .code());
        assertEquals(
                0,
                script("00B0950000 > A1A2A3A49000\n", "--file", folder.resolve("a.card"))
                        .code());
        assertEquals(0, script(CREATE, "--file", folder.resolve("b.card")).code());
        assertEquals(3, script("!card a blank\n", "--keep", folder).code(), "a card is there already");
    }

    @Test
    void options_that_contradict_or_name_nothing_are_one_line() throws IOException {
        assertEquals(2, script("", "--file", "x", "--reader", "y").code());
        assertEquals(2, script("", "--driver", "127.0.0.1:1").code());
        assertEquals(2, script("", "--driver", "nowhere", "--reader", "y").code());
        assertEquals(2, script("", "--profile", "gold").code());
        assertEquals(3, script("", "--file", directory.resolve("absent")).code());
        assertEquals(
                3, Told.to(new ScriptCommand(), directory.resolve("absent")).code());
        assertEquals(2, Told.to(new ApduCommand(), "00A4").code());
        assertEquals(2, Told.to(new ApduCommand(), "no hex").code());
    }

    @Test
    void driver_that_is_not_there_is_one_line_and_3() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        Told told = Told.to(new ApduCommand(), "--driver", "127.0.0.1:" + closed, "--reader", "a", "0084000004");
        assertEquals(3, told.code());
        assertEquals(1, told.err().lines().count(), told.err());
    }

    @Test
    void hands_move_the_cards_of_a_running_world() throws IOException {
        CardWorldServer.Settings settings =
                new CardWorldServer.Settings(directory, 0, Optional.empty(), List.of("a", "b"), Optional.empty());
        try (CardWorldServer world = new CardWorldServer(settings, InstantSource.system())) {
            String driver = "127.0.0.1:" + world.port();
            assertEquals(0, hands(driver, "new", "x", "blank").code());
            assertEquals(0, hands(driver, "insert", "x", "a").code());
            assertEquals(
                    "{\"readers\":[\"a\",\"b\"],\"cards\":[{\"name\":\"x\",\"profile\":\"blank\",\"reader\":\"a\"}]}",
                    hands(driver, "list").out().strip());
            assertEquals(
                    0,
                    script("00A40000 > *9000\n", "--driver", driver, "--reader", "a")
                            .code());
            assertEquals(0, hands(driver, "remove", "a").code());
            assertEquals(
                    3, script("00A40000\n", "--driver", driver, "--reader", "a").code());
            Told refused = hands(driver, "insert", "y", "a");
            assertEquals(3, refused.code());
            assertTrue(refused.err().contains("no card of that name"), refused.err());
            for (List<String> wrong : List.of(List.of("insert", "x"), List.of("dance"), List.of("list", "x"))) {
                assertEquals(2, hands(driver, wrong.toArray(String[]::new)).code());
            }
        }
        assertEquals(2, hands("nowhere", "list").code());
    }

    private static Told hands(String driver, String... words) {
        Object[] line = java.util.stream.Stream.concat(
                        java.util.stream.Stream.of("--driver", driver), java.util.stream.Stream.of(words))
                .toArray();
        return Told.to(new HandsCommand(), line);
    }

    @Test
    void what_was_sent_to_a_reader_is_recorded_and_told_again() throws IOException {
        Files.createDirectories(directory.resolve("cards"));
        assertEquals(
                0, Told.to(new NewCommand(), directory.resolve("cards/x.card")).code());
        Files.writeString(directory.resolve("world.json"), "{\"a\":\"x\"}");
        CardWorldServer.Settings settings =
                new CardWorldServer.Settings(directory, 0, Optional.empty(), List.of("a"), Optional.empty());
        try (CardWorldServer world = new CardWorldServer(settings, InstantSource.system())) {
            String driver = "127.0.0.1:" + world.port();
            Path record = directory.resolve("b.script");
            Told told = Told.to(
                    new ApduCommand(),
                    "--driver",
                    driver,
                    "--reader",
                    "a",
                    "--record",
                    record,
                    "80E00015072800 04F0F0FF00",
                    "00D6950004A1A2A3A4",
                    "00B0950000");
            assertEquals(
                    List.of("9000", "9000", "A1A2A3A49000"), told.out().lines().toList(), told.err());
            String written = Files.readString(record);
            assertEquals(
                    "80E0001507280004F0F0FF00 > 9000\n00D6950004A1A2A3A4 > 9000\n00B0950000 > A1A2A3A49000\n", written);
            String read = written.lines().skip(2).toList().get(0) + "\n!reset\n00B0950000 > A1A2A3A49000\n";
            assertEquals(0, script(read, "--driver", driver, "--reader", "a").code());
            assertEquals(1, script(written, "--driver", driver, "--reader", "a").code(), "the file is there already");
            assertEquals(0, script("!card n blank\n" + written).code(), "and to a new card");
            assertEquals(
                    2,
                    script("!random 00\n", "--driver", driver, "--reader", "a").code());
            assertEquals(3, script("", "--driver", driver, "--reader", "b").code());
        }
    }
}
