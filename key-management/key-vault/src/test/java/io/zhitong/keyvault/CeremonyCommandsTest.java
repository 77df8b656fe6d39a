package io.zhitong.keyvault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cliapi.Programs;
import io.zhitong.cliapi.ZtCommand;
import io.zhitong.keyapi.KeyAdministration;
import io.zhitong.keyapi.KeyOrder;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.keyapi.Proposal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands of ceremony and dual control against a vault that serves. */
@Timeout(120)
class CeremonyCommandsTest {
    private static final List<String> PINS = List.of("480213", "771902");
    private static final List<String> COMPONENTS =
            List.of("6153 2416 3352 4161 5263 4152 6341 5236 1425", "the quick brown fox jumps over 13 lazy dogs");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    private Path data = Path.of("vault");
    private VaultProcess vault = null;

    @BeforeEach
    void serve() throws IOException {
        data = folder.resolve("vault");
        serve(data);
    }

    private void serve(Path where) throws IOException {
        VaultProcess.Settings settings = new VaultProcess.Settings(where, 0, false, List.of(), false);
        vault = QuickPins.serve(settings);
    }

    @AfterEach
    void stop() {
        vault.close();
    }

    /** Runs a command with these secrets and answers its exit code; what it printed is the newest. */
    private int run(ZtCommand command, List<String> secrets, String... arguments) throws IOException {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        Path file = folder.resolve("secrets");
        Files.write(file, secrets);
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", data.toString(), "--secrets", file.toString()));
        CommandLine line = Programs.commandLine(command.command());
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        return line.execute(all.toArray(String[]::new));
    }

    private void ceremony(List<String> secrets, String... arguments) throws IOException {
        assertEquals(0, run(new KeysCeremonyCommand(), secrets, arguments), () -> out + " " + err);
    }

    private int custodians(List<String> secrets, String... arguments) throws IOException {
        return run(new KeysCustodiansCommand(), secrets, arguments);
    }

    private int verify(Path transcript, String... more) {
        out.getBuffer().setLength(0);
        List<String> all = new ArrayList<>(List.of(transcript.toString()));
        all.addAll(List.of(more));
        CommandLine line = Programs.commandLine(new KeysVerifyTranscriptCommand().command());
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        return line.execute(all.toArray(String[]::new));
    }

    private static int second(Path transcript, String fingerprint) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        "bash", "src/test/shell/verify-transcript.sh", transcript.toString(), fingerprint)
                .redirectErrorStream(true)
                .start();
        process.getInputStream().readAllBytes();
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        return process.exitValue();
    }

    private String printed(String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(out.toString());
        assertTrue(found.find(), () -> pattern + " in " + out);
        return found.group(1);
    }

    private void hold(Path transcript, String... options) throws IOException {
        List<String> start = new ArrayList<>(List.of("start", "--name", "锦绣家园", "--needed", "2", "--dealt", "2"));
        start.addAll(List.of(options));
        ceremony(List.of(), start.toArray(String[]::new));
        ceremony(List.of(PINS.get(0)), "join", "--name", "王芳");
        ceremony(List.of(PINS.get(1)), "join", "--name", "李雷");
        for (int x = 1; x <= 2; x++) {
            ceremony(with(x, COMPONENTS.get(x - 1)), "component", "--custodian", "" + x);
        }
        for (int x = 1; x <= 2; x++) {
            ceremony(with(x, COMPONENTS.get(x - 1)), "reveal", "--custodian", "" + x);
        }
        List<String> shares = new ArrayList<>();
        for (int x = 1; x <= 2; x++) {
            ceremony(with(x), "deal", "--custodian", "" + x);
            shares.add(printed("份额: ([0-9a-f]{94})"));
        }
        for (int x = 1; x <= 2; x++) {
            ceremony(with(x, shares.get(x - 1)), "confirm", "--custodian", "" + x);
        }
        ceremony(with(2), "close", "--custodian", "2", "--transcript", transcript.toString());
    }

    private static List<String> with(int custodian, String... more) {
        List<String> secrets = new ArrayList<>(List.of(PINS.get(custodian - 1)));
        secrets.addAll(List.of(more));
        return secrets;
    }

    @Test
    void ceremony_by_commands_ends_with_an_open_vault_and_a_transcript_that_verifies()
            throws IOException, InterruptedException {
        Path transcript = folder.resolve("transcript.txt");
        hold(transcript);
        assertTrue(out.toString().contains("closed 已完成"));
        String fingerprint = printed("核对: ([0-9a-f ]{39})");
        assertEquals(0, verify(transcript, "--fingerprint", fingerprint));
        assertEquals(0, second(transcript, fingerprint), "the verifier of shell and OpenSSL");
        assertEquals(1, second(transcript, fingerprint.replace('0', '1').replace('2', '3')));
        assertTrue(out.toString().contains("transcript is right"));
        assertEquals(
                1,
                verify(
                        transcript,
                        "--fingerprint",
                        fingerprint.replace('0', '1').replace('2', '3')));
        Files.writeString(transcript, Files.readString(transcript).replace("王芳", "王方"));
        assertEquals(1, verify(transcript));
        assertTrue(out.toString().contains("WRONG 不符: record 2 was changed"), out::toString);
        ceremony(List.of(), "transcript");
        assertTrue(out.toString().startsWith("zhitong ceremony transcript 1\n"));
    }

    @Test
    void share_goes_to_a_file_when_asked_and_a_component_is_drawn_here() throws IOException {
        ceremony(List.of(), "start", "--name", "a", "--needed", "2", "--dealt", "2", "--rehearsal");
        assertTrue(out.toString().contains("REHEARSAL 演练"));
        ceremony(List.of(PINS.get(0)), "join", "--name", "王芳");
        ceremony(List.of(PINS.get(1)), "join", "--name", "李雷");
        List<String> drawn = new ArrayList<>();
        for (int x = 1; x <= 2; x++) {
            ceremony(with(x), "component", "--custodian", "" + x, "--draw");
            drawn.add(printed("请抄录: ([0-9a-f ]{79})"));
        }
        for (int x = 1; x <= 2; x++) {
            ceremony(with(x, drawn.get(x - 1).toUpperCase(java.util.Locale.ROOT)), "reveal", "--custodian", "" + x);
        }
        Path file = folder.resolve("share-1.txt");
        ceremony(with(1), "deal", "--custodian", "1", "--to", file.toString());
        assertFalse(out.toString().contains("份额"));
        assertTrue(Files.readString(file).matches("[0-9a-f]{94}\n"));
        ceremony(with(1), "abort", "--custodian", "1");
        assertTrue(out.toString().contains("given up 已放弃"));
    }

    @Test
    void refusals_are_one_line_in_both_languages_and_end_with_1() throws IOException {
        assertEquals(1, run(new KeysCeremonyCommand(), with(1), "close", "--custodian", "1"));
        assertTrue(err.toString().contains("not at this step of the ceremony"), err::toString);
        assertTrue(err.toString().contains("仪式步骤不符"), err::toString);
        assertEquals(1, err.toString().lines().count());
        assertEquals(2, run(new KeysCeremonyCommand(), List.of(), "start", "--needed", "2"));
        vault.close();
        assertEquals(3, run(new KeysCeremonyCommand(), List.of(), "status"));
        serve();
    }

    @Test
    void two_custodians_approve_by_commands_and_unlock_a_third_hand() throws IOException {
        hold(folder.resolve("transcript.txt"));
        Proposal made = proposed(new KeyOrder.NewKeyVersion(KeyRef.of(KeyUsage.DPK, 2)));
        assertEquals(0, custodians(List.of(), "proposals"));
        assertTrue(out.toString().startsWith(made.name() + "  waiting 待批准"), out::toString);
        assertEquals(0, custodians(with(1), "approve", "--custodian", "1", "--proposal", made.name()));
        assertEquals(1, custodians(with(1), "approve", "--custodian", "1", "--proposal", made.name()));
        assertTrue(err.toString().contains("需要另一位保管人"));
        assertEquals(0, custodians(with(2), "approve", "--custodian", "2", "--proposal", made.name()));
        assertTrue(out.toString().contains("done 已执行"), out::toString);

        Proposal other = proposed(new KeyOrder.NewKeyVersion(KeyRef.of(KeyUsage.DPK, 3)));
        assertEquals(0, custodians(with(2), "withdraw", "--custodian", "2", "--proposal", other.name()));
        assertEquals(1, custodians(with(2), "approve", "--custodian", "2", "--proposal", "0011223344556677"));

        for (int i = 0; i < 5; i++) {
            assertEquals(1, custodians(List.of("000000"), "approve", "--custodian", "2", "--proposal", "00"));
            assertEquals(1, custodians(List.of("918273", "135792"), "pin", "--custodian", "2"));
        }
        assertEquals(0, custodians(List.of(), "list"));
        assertTrue(out.toString().contains("2  李雷  locked 已锁定"), out::toString);
        assertEquals(0, custodians(List.of(), "unlock", "--custodian", "2", "--as", "王芳"));
        assertTrue(out.toString().contains("解锁保管人"));
        assertEquals(0, custodians(List.of("480213", "135792"), "pin", "--custodian", "1"));
        assertEquals(1, custodians(List.of("480213", "135792"), "pin", "--custodian", "1"));
    }

    private Proposal proposed(KeyOrder order) {
        try (KeyAdministration people = ServedVault.connect(data)) {
            return people.custodians().propose("王芳", order);
        }
    }

    @Test
    void shares_name_custodians_of_a_vault_without_a_ceremony_and_reset_a_pin() throws IOException {
        vault.close();
        Path shares = folder.resolve("shares");
        data = folder.resolve("other");
        CommandLine init = Programs.commandLine(new KeysInitCommand().command());
        assertEquals(
                0,
                init.execute(
                        "--data", data.toString(), "--shares", shares.toString(), "--needed", "2", "--dealt", "3"));
        String one = shares.resolve("share-1.txt").toString();
        String three = shares.resolve("share-3.txt").toString();
        assertEquals(3, custodians(List.of("480213"), "add", "--name", "王芳", "--share", one));
        assertEquals(0, custodians(List.of("480213"), "add", "--name", "王芳", "--share", one, "--share", three));
        assertTrue(out.toString().contains("保管人 1"));
        assertEquals(0, custodians(List.of("771902"), "reset", "--custodian", "1", "--share", one, "--share", three));
        serve(data);
        assertEquals(0, custodians(List.of("771902", "480213"), "pin", "--custodian", "1"));
        assertEquals(3, custodians(List.of("771902"), "reset", "--custodian", "1", "--share", one, "--share", three));
    }

    @Test
    void no_command_takes_a_pin_or_a_component_as_an_argument() {
        for (ZtCommand command :
                List.of(new KeysCeremonyCommand(), new KeysCustodiansCommand(), new KeysVerifyTranscriptCommand())) {
            CommandLine line = new CommandLine(command.command());
            List<CommandLine> all = new ArrayList<>(line.getSubcommands().values());
            all.add(line);
            for (CommandLine each : all) {
                each.getCommandSpec()
                        .options()
                        .forEach(option -> assertFalse(
                                List.of(option.names()).stream().anyMatch(name -> name.matches("--(pin|component)")),
                                each.getCommandName()));
            }
        }
    }
}
