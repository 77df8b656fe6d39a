package io.zhitong.backend;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ArgumentsTest {
    @ParameterizedTest
    @CsvSource({
        "--data, /var/zhitong, --zhitong.data=/var/zhitong",
        "--port, 9000, --zhitong.port=9000",
        "--db, pg, --zhitong.database.kind=pg",
        "--mode, production, --zhitong.mode=production"
    })
    void each_short_word_becomes_its_setting(String word, String value, String setting) {
        assertThat(Arguments.parse(new String[] {word, value}).springArguments())
                .containsExactly(setting);
    }

    @Test
    void settings_keep_their_order_and_long_ones_pass_as_they_are() {
        Arguments parsed = Arguments.parse(
                new String[] {"--port", "1", "--zhitong.session-minutes=5", "--data", "d", "--server.ssl.bundle=console"
                });
        assertThat(parsed.answer()).isEmpty();
        assertThat(parsed.springArguments())
                .containsExactly(
                        "--zhitong.port=1",
                        "--zhitong.session-minutes=5",
                        "--zhitong.data=d",
                        "--server.ssl.bundle=console");
    }

    @Test
    void no_argument_at_all_starts_with_the_defaults() {
        assertThat(Arguments.parse(new String[0]).springArguments()).isEmpty();
        assertThat(Arguments.parse(new String[0]).answer()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--prot",
                "start",
                "",
                "--data",
                "--zhitong.data",
                "--spring.datasource.url=jdbc:h2:mem:x",
                "--zhitong.a b=c",
                "-h"
            })
    void what_is_not_known_stops_with_code_2_names_the_word_and_shows_the_usage(String word) {
        Arguments.Answer answer = Arguments.parse(new String[] {word}).answer().orElseThrow();
        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.text())
                .startsWith("unknown or incomplete argument: " + word + "\n")
                .contains("usage: Zhitong");
    }

    @Test
    void nothing_before_a_wrong_word_takes_effect() {
        Arguments parsed = Arguments.parse(new String[] {"--port", "1", "--what"});
        assertThat(parsed.springArguments()).isEmpty();
        assertThat(parsed.answer()).isPresent();
    }

    @Test
    void help_names_every_option_and_every_exit_code_and_ends_well() {
        Arguments.Answer help =
                Arguments.parse(new String[] {"--help"}).answer().orElseThrow();
        assertThat(help.exitCode()).isZero();
        assertThat(help.text())
                .contains(
                        "--data", "--port", "--db", "--mode", "--help", "--version", "0 stopped", "1 could", "2 wrong");
    }

    @Test
    void version_is_one_line() {
        Arguments.Answer version =
                Arguments.parse(new String[] {"--version"}).answer().orElseThrow();
        assertThat(version.exitCode()).isZero();
        assertThat(version.text()).matches("zhitong backend [0-9]+\\.[0-9]+\\.[0-9]+");
    }
}
