package io.zhitong.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.virtualcard.file.DumpCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import picocli.CommandLine;

/**
 * A terminal in another language, {@code src/test/python}, written from docs/card.md alone, on the cards that the examples
 * of that page make, through pcscd: load, purchase with the PSAM in a second reader, a sealed door. What the cards hold
 * afterwards is read from their files.
 */
@ResourceLock(PcscWorld.PCSCD)
final class PythonTerminalIT {
    private static final String PYTHON = "/usr/bin/python3";
    private static final String ISSUER = "6276225d42b085fb78611e5af0c9ea54f24604f8adcb81674a036021091f1b38"
            + "91cdd4f3c85b861d358a2edf2e5646ab6bc0d873c21e20a89c5df5ccc23ac59a";
    private static final String STRANGER = "87ef4f3e7768e31a9fc6fd9655fdde38b96b7541618acad344a64c6d5c0a6343"
            + "8578e92e0e8fc8b150151a9677e9d87b78df61d3029949982aafd29628d0c54a";
    private static final String LOAD_KEY = "load=3f0102030405060708090a0b0c0d0e0f";
    private static final String TAC_KEY = "tac=340102030405060708090a0b0c0d0e0f";

    private final Path folder = Folders.fresh("python-terminal");
    private PcscWorld world;

    @BeforeEach
    void makeTheCardsOfTheManual() throws Exception {
        Needs.program(PYTHON, "python3");
        Needs.file(Path.of("/usr/lib/python3/dist-packages/smartcard/__init__.py"), "python3-pyscard");
        String story = Page.read(RunningEstate.root().resolve("docs/card.md")).blocks().stream()
                .filter(block -> block.language().equals("card"))
                .map(Page.Block::content)
                .collect(Collectors.joining());
        Path script = Files.writeString(folder.resolve("manual.script"), story);
        Shell.run(
                        Duration.ofSeconds(40),
                        RunningEstate.root().resolve("bin/zt").toString(),
                        "card",
                        "script",
                        "--quiet",
                        "--keep",
                        folder.resolve("cards").toString(),
                        script.toString())
                .succeeded();
        world = new PcscWorld(folder);
        world.lay("resident", 0);
        world.lay("psam", 1);
        Await.until(
                "the resident's card in pcscd",
                Duration.ofSeconds(20),
                () -> tell("door", "--issuer", ISSUER).exitCode() == 0);
        Await.until("the PSAM in pcscd", Duration.ofSeconds(20), () -> shows(1));
    }

    private static boolean shows(int reader) {
        try (var pcsc = io.zhitong.cardreaders.PcscReader.named(PcscWorld.READERS.get(reader))) {
            return pcsc.cardPresent();
        }
    }

    @AfterEach
    void stop() {
        if (world != null) {
            world.close();
        }
    }

    private Shell.Result tell(String what, String... options) {
        List<String> line = new ArrayList<>(List.of(
                "/usr/bin/timeout",
                "30",
                PYTHON,
                RunningEstate.root()
                        .resolve("system-tests/src/test/python/terminal.py")
                        .toString(),
                "--card",
                PcscWorld.READERS.get(0),
                "--sam",
                PcscWorld.READERS.get(1),
                what));
        line.addAll(List.of(options));
        return Shell.run(
                Duration.ofSeconds(35),
                Map.of("PYTHONDONTWRITEBYTECODE", "1"),
                RunningEstate.root(),
                line.toArray(String[]::new));
    }

    private String dump(String card) {
        StringWriter out = new StringWriter();
        CommandLine line = new CommandLine(new DumpCommand().command()).setOut(new PrintWriter(out));
        assertEquals(0, line.execute(folder.resolve("cards/" + card + ".card").toString()));
        return out.toString();
    }

    /** What the cards hold: the purse's balance in fen and its numbers, the PSAM's next number. */
    private record Held(long balance, int online, int offline, long terminalSequence) {}

    private Held held() {
        Matcher purse = Pattern.compile(
                        "0002 purse .*\\n.*balance 余额 (\\d+)\\.(\\d\\d), online 联机 (\\d+), offline 脱机 (\\d+),")
                .matcher(dump("resident"));
        Matcher next = Pattern.compile("0019 binary .*\\n +([0-9a-f]{8})\\n").matcher(dump("psam"));
        assertTrue(purse.find() && next.find(), dump("resident") + dump("psam"));
        return new Held(
                Long.parseLong(purse.group(1) + purse.group(2)),
                Integer.parseInt(purse.group(3)),
                Integer.parseInt(purse.group(4)),
                Long.parseLong(next.group(1), 16));
    }

    @Test
    void terminal_in_python_loads_sells_and_opens_a_sealed_door() {
        Held before = held();
        Shell.Result loaded =
                tell("load", "5000", "--key", LOAD_KEY, "--key", TAC_KEY).succeeded();
        assertEquals(
                "{\"serial\": \"4403010112345678\", \"balance\": " + (before.balance() + 5000) + "}",
                loaded.text().strip());
        Shell.Result sold = tell("sale", "360", "--key", TAC_KEY).succeeded();
        assertEquals(
                "{\"balance\": " + (before.balance() + 4640) + ", \"terminalSequence\": " + before.terminalSequence()
                        + ", \"proofAgain\": true}",
                sold.text().strip());
        Shell.Result opened = tell("door", "--issuer", ISSUER).succeeded();
        assertEquals(
                "{\"credential\": \"4403000112345678\", \"opened\": true}",
                opened.text().strip());
        world.close();
        Held expected = new Held(
                before.balance() + 4640, before.online() + 1, before.offline() + 1, before.terminalSequence() + 1);
        assertEquals(expected, held());
        String record = String.format("%04x000000000001680644030000000120261121120000", expected.offline());
        assertTrue(dump("resident").contains("1: " + record), dump("resident"));
    }

    @Test
    void it_refuses_a_wrong_host_a_wrong_issuer_and_a_closed_day_and_nothing_moves() {
        Held before = held();
        assertEquals(
                "{\"refused\": \"MAC1 of the load\"}",
                refused("load", "5000", "--key", LOAD_KEY.replace("3f", "3e"), "--key", TAC_KEY));
        assertEquals(
                "{\"refused\": \"80500102 answered 9401\"}",
                refused("sale", String.valueOf(before.balance() + 1), "--key", TAC_KEY));
        assertEquals("{\"refused\": \"version, role or issuer\"}", refused("door", "--issuer", STRANGER));
        assertEquals("{\"refused\": \"dates\"}", refused("door", "--issuer", ISSUER, "--date", "20280101000000"));
        world.close();
        assertEquals(before, held());
    }

    private String refused(String what, String... options) {
        Shell.Result result = tell(what, options);
        assertEquals(1, result.exitCode(), result.text());
        return result.text().strip();
    }
}
