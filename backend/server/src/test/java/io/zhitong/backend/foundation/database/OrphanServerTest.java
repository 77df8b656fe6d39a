package io.zhitong.backend.foundation.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With processes that are called like the server and do nothing. */
final class OrphanServerTest {
    @TempDir
    Path folder;

    private Path data;
    private Process process;

    @BeforeEach
    void directory() throws IOException {
        data = Files.createDirectory(folder.resolve("pg"));
    }

    @AfterEach
    void end() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void the_server_of_this_directory_is_stopped() throws Exception {
        run("postgres", data.toString());
        OrphanServer.stop(data);
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void a_server_of_another_directory_that_got_the_same_process_number_lives_on() throws Exception {
        run("postgres", folder.resolve("other").toString());
        OrphanServer.stop(data);
        assertThat(process.isAlive()).isTrue();
    }

    @Test
    void another_program_that_got_the_same_process_number_lives_on() throws Exception {
        run("editor", data.toString());
        OrphanServer.stop(data);
        assertThat(process.isAlive()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "torn", "-1", "0", "99999999999999999999", "4194304\n/var/lib\n"})
    void a_lock_file_that_names_no_process_stops_nothing_and_fails_nothing(String content) throws IOException {
        Files.writeString(data.resolve("postmaster.pid"), content);
        assertThatCode(() -> OrphanServer.stop(data)).doesNotThrowAnyException();
    }

    @Test
    void without_a_lock_file_there_is_nothing_to_do() {
        assertThatCode(() -> OrphanServer.stop(data)).doesNotThrowAnyException();
    }

    /** A program of that name that waits, and the lock file that names it. */
    private void run(String name, String argument) throws IOException {
        Path program = folder.resolve(name);
        Files.copy(Path.of("/bin/bash").toRealPath(), program);
        // Two commands, so that bash itself stays and does not become the program it waits for.
        process = new ProcessBuilder(program.toString(), "-c", "read -t 60; true", "postgres", argument).start();
        Files.writeString(data.resolve("postmaster.pid"), process.pid() + "\n" + data + "\n");
    }
}
