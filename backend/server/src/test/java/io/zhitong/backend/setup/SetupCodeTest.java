package io.zhitong.backend.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.backend.setup.SetupCode.Verdict;
import io.zhitong.backend.testing.FakeClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SetupCodeTest {
    @TempDir
    Path folder;

    private final FakeClock clock = new FakeClock("2026-11-21T08:00:00Z");

    private Path file() {
        return folder.resolve("setup-code");
    }

    private SetupCode code() {
        SetupCode code = new SetupCode(file(), clock);
        code.ready();
        return code;
    }

    private String written() throws IOException {
        return Files.readString(file());
    }

    @Test
    void the_code_stands_in_a_file_for_the_owner_only_and_is_drawn_anew_each_time() throws IOException {
        Set<String> drawn = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            code();
            assertThat(written()).matches("([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}\n");
            drawn.add(written());
        }
        assertThat(drawn).hasSize(20);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @Test
    void it_is_taken_however_it_is_typed_and_no_other_is() throws IOException {
        SetupCode code = code();
        String right = written();
        String typed = right.replace("-", " ").toLowerCase(Locale.ROOT);
        assertThat(code.tried("")).isEqualTo(Verdict.WRONG);
        assertThat(code.tried(right.substring(1))).isEqualTo(Verdict.WRONG);
        assertThat(code.tried(right.strip() + "0".repeat(80))).isEqualTo(Verdict.WRONG);
        assertThat(code.tried(typed)).isEqualTo(Verdict.RIGHT);
        assertThat(code.tried(right)).isEqualTo(Verdict.RIGHT);
    }

    @Test
    void after_five_wrong_ones_even_the_right_one_waits_five_minutes() throws IOException {
        SetupCode code = code();
        for (int i = 0; i < 5; i++) {
            assertThat(code.tried("guess" + i)).isEqualTo(Verdict.WRONG);
        }
        assertThat(code.tried(written())).isEqualTo(Verdict.WAIT);
        clock.advance(Duration.ofMinutes(5).minusSeconds(1));
        assertThat(code.tried(written())).isEqualTo(Verdict.WAIT);
        clock.advance(Duration.ofSeconds(1));
        assertThat(code.tried(written())).isEqualTo(Verdict.RIGHT);
    }

    @Test
    void a_day_later_it_opens_nothing_and_the_next_one_is_drawn_when_it_is_looked_for() throws IOException {
        SetupCode code = code();
        String first = written();
        clock.advance(Duration.ofHours(24).minusSeconds(1));
        code.ready();
        assertThat(written()).as("still good").isEqualTo(first);
        clock.advance(Duration.ofSeconds(1));
        assertThat(code.tried(first)).isEqualTo(Verdict.WRONG);
        code.ready();
        assertThat(written()).isNotEqualTo(first);
        assertThat(code.tried(first)).isEqualTo(Verdict.WRONG);
        assertThat(code.tried(written())).isEqualTo(Verdict.RIGHT);
    }

    @Test
    void once_used_it_opens_nothing_and_its_file_is_gone() throws IOException {
        SetupCode code = code();
        String used = written();
        code.over();
        assertThat(file()).doesNotExist();
        assertThat(code.tried(used)).isEqualTo(Verdict.WRONG);
        assertThat(code.tried("")).isEqualTo(Verdict.WRONG);
        code.over();
    }
}
