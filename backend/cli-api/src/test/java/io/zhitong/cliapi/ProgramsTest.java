package io.zhitong.cliapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

final class ProgramsTest {
    private final StringWriter err = new StringWriter();

    @Test
    void a_command_that_answers_a_code_ends_with_it() {
        assertEquals(1, run(() -> ExitStatus.CHECK_FAILED.code()));
        assertEquals("", err.toString());
    }

    @Test
    void a_command_failure_is_one_line_with_its_own_exit_code() {
        assertEquals(3, run(() -> {
            throw new CommandFailure(ExitStatus.ENVIRONMENT, "expected a vault\nfound none");
        }));
        assertEquals("probe: expected a vault; found none" + System.lineSeparator(), err.toString());
    }

    @Test
    void a_missing_file_is_named_and_ends_with_3() {
        assertEquals(3, run(() -> {
            throw new UncheckedIOException(new NoSuchFileException("cards.json"));
        }));
        assertEquals("probe: file not found 找不到文件: cards.json" + System.lineSeparator(), err.toString());
    }

    @Test
    void a_taken_port_says_so_and_ends_with_3() {
        assertEquals(3, run(() -> {
            throw new BindException("127.0.0.1:8085");
        }));
        assertTrue(err.toString().contains("port is taken"), err.toString());
    }

    @Test
    void a_full_disk_says_so_and_ends_with_3() {
        assertEquals(3, run(() -> {
            throw new IOException("No space left on device");
        }));
        assertTrue(err.toString().contains("disk is full"), err.toString());
    }

    @Test
    void a_fault_of_ours_ends_with_70_and_one_line() {
        assertEquals(70, run(() -> {
            throw new IllegalStateException("wires\ncrossed");
        }));
        assertEquals("probe: IllegalStateException: wires; crossed" + System.lineSeparator(), err.toString());
    }

    @Test
    void an_unknown_option_ends_with_2_and_points_to_help() {
        assertEquals(2, run(() -> 0, "--colour"));
        assertEquals(
                "probe: Unknown option: '--colour' (see probe --help 查看用法)" + System.lineSeparator(), err.toString());
    }

    @Test
    void a_word_where_a_number_belongs_ends_with_2() {
        assertEquals(2, run(() -> 0, "--port", "eighty"));
        assertTrue(err.toString().contains("'eighty' is not an int"), err.toString());
    }

    @Test
    void the_version_is_the_number_the_build_wrote() {
        assertTrue(ProgramVersion.number().matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?"), ProgramVersion.number());
        assertTrue(new ProgramVersion().getVersion()[0].startsWith("zhitong " + ProgramVersion.number() + " (Java "));
    }

    private int run(Callable<Integer> body, String... arguments) {
        CommandLine line = Programs.commandLine(new Probe(body));
        line.setErr(new PrintWriter(err));
        return line.execute(arguments);
    }

    @Command(name = "probe")
    static final class Probe implements Callable<Integer> {
        private final Callable<Integer> body;

        @Option(names = "--port")
        int port;

        Probe(Callable<Integer> body) {
            this.body = body;
        }

        @Override
        public Integer call() throws Exception {
            return body.call();
        }
    }
}
