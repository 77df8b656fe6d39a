package io.zhitong.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cliapi.Programs;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.machinetls.Pem;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command line of the fleet. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class FleetCommandTest {
    @TempDir
    private Path folder = Path.of(".");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        CommandLine line = Programs.commandLine(new FleetCommand().command());
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        return line.execute(arguments);
    }

    @Test
    void alone_it_runs_against_its_own_backend_and_writes_a_report() throws IOException {
        Path report = folder.resolve("report.json");
        assertEquals(
                0,
                run(
                        "--controllers=5",
                        "--credentials=60",
                        "--seconds=1",
                        "--seed=3",
                        "--faults=kill,cut",
                        "--report=" + report),
                err::toString);
        String json = Files.readString(report);
        for (String key : List.of(
                "\"controllers\": 5",
                "\"credentials\": 60",
                "\"seed\": 3",
                "\"held\": true",
                "\"taps\": 100",
                "\"judgedBy\": \"store\"",
                "\"lost\": 0",
                "\"decidedWrong\": 0",
                "\"acknowledge\": {\"count\": ")) {
            assertTrue(json.contains(key), () -> key + " in " + json);
        }
        assertTrue(out.toString().contains("5 controllers, 60 credentials"), out::toString);
    }

    @Test
    void it_speaks_p256_when_told() {
        assertEquals(0, run("--controllers=2", "--seconds=1", "--profile=p256"), err::toString);
    }

    @Test
    void wrong_options_end_with_2_and_say_what_was_expected() {
        for (String[] wrong : new String[][] {
            {"--controllers=0"},
            {"--controllers=10001"},
            {"--credentials=0"},
            {"--seconds=0"},
            {"--faults=earthquake"},
            {"--server=nowhere"},
            {"--server=localhost:many"},
            {"--server=localhost:1"},
            {"--data=x"}
        }) {
            assertEquals(2, run(wrong), String.join(" ", wrong));
        }
        assertTrue(err.toString().contains("unknown fault earthquake"), err::toString);
        assertTrue(err.toString().contains("--authority FILE"), err::toString);
    }

    @Test
    void a_server_at_the_last_port_needs_its_enrolment_port_told_and_a_port_beyond_it_does_not_exist()
            throws IOException {
        FleetEstate estate = FleetEstate.create(MachineProfile.P256);
        Files.writeString(folder.resolve("ca.pem"), Pem.ofCertificates(List.of(estate.authority())));
        String[] options = {
            "--server=127.0.0.1:65535",
            "--authority=" + folder.resolve("ca.pem"),
            "--data=" + folder.resolve("data"),
            "--controllers=1"
        };
        assertEquals(2, run(options), err::toString);
        assertTrue(err.toString().contains("expected --enrol HOST:PORT"), err::toString);
        options[0] = "--server=127.0.0.1:65536";
        assertEquals(2, run(options), err::toString);
        options[0] = "--server=127.0.0.1:-1";
        assertEquals(2, run(options), err::toString);
    }

    @Test
    void an_authority_that_is_no_certificate_or_not_there_ends_with_3() throws IOException {
        Path authority = folder.resolve("ca.pem");
        String[] options = {"--server=127.0.0.1:1", "--authority=" + authority, "--data=" + folder.resolve("data")};
        assertEquals(3, run(options), err::toString);
        assertTrue(err.toString().contains("file not found 找不到文件"), err::toString);
        for (String text :
                List.of("", "no certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")) {
            Files.writeString(authority, text);
            assertEquals(3, run(options), err::toString);
        }
    }

    @Test
    void tokens_become_identities_that_are_used_again_and_a_spent_token_is_passed_over() throws IOException {
        FleetEstate estate = FleetEstate.create(MachineProfile.SM2);
        Files.writeString(folder.resolve("ca.pem"), Pem.ofCertificates(List.of(estate.authority())));
        try (FleetBackend backend = new FleetBackend(estate, new FleetLists(estate, 20), record -> {});
                FleetEnrolment enrolment = new FleetEnrolment(estate)) {
            backend.start();
            Files.write(folder.resolve("tokens"), List.of("made up", enrolment.token(7), enrolment.token(8)));
            String[] options = {
                "--server=127.0.0.1:" + backend.address().getPort(),
                "--enrol=127.0.0.1:" + enrolment.port(),
                "--authority=" + folder.resolve("ca.pem"),
                "--tokens=" + folder.resolve("tokens"),
                "--data=" + folder.resolve("data"),
                "--controllers=2",
                "--seconds=1"
            };
            assertEquals(0, run(options), err::toString);
            assertTrue(Files.exists(folder.resolve("data/1-7/device.pem")), "kept for the next run");
            assertTrue(out.toString().contains("judged by acknowledgements"), out::toString);
            long before = backend.events();
            assertEquals(0, run(options), err::toString);
            assertTrue(backend.events() > before, "the same journals go on");
            options[5] = "--controllers=3";
            assertEquals(3, run(options));
            assertTrue(err.toString().contains("only 2 are enrolled: get more tokens"), err::toString);
        }
    }

    @Test
    void nobody_at_the_enrolment_port_ends_with_3() throws IOException {
        FleetEstate estate = FleetEstate.create(MachineProfile.SM2);
        Files.writeString(folder.resolve("ca.pem"), Pem.ofCertificates(List.of(estate.authority())));
        Files.write(folder.resolve("tokens"), List.of("7"));
        assertEquals(
                3,
                run(
                        "--server=127.0.0.1:1",
                        "--authority=" + folder.resolve("ca.pem"),
                        "--tokens=" + folder.resolve("tokens"),
                        "--data=" + folder.resolve("data"),
                        "--controllers=1"));
    }
}
