package io.zhitong.backend.foundation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.BindException;

final class ZhitongSettingsTest {
    @Test
    void without_any_setting_it_listens_on_loopback_with_h2_and_without_a_demo() {
        ZhitongSettings settings = TestSettings.of();
        assertThat(settings.address()).isEqualTo("127.0.0.1");
        assertThat(settings.port()).isEqualTo(8080);
        assertThat(settings.database().kind()).isEqualTo(DatabaseKind.H2);
        assertThat(settings.demo()).isFalse();
        assertThat(settings.sessionMinutes()).isEqualTo(30);
        assertThat(settings.home()).isEqualTo(Path.of("data/backend"));
    }

    @Test
    void neighbours_listen_right_above_the_console() {
        ZhitongSettings settings = TestSettings.of("port", 18000);
        assertThat(settings.linkListenPort()).isEqualTo(18001);
        assertThat(settings.enrolListenPort()).isEqualTo(18002);
        assertThat(settings.vaultListenPort()).isEqualTo(18003);
        assertThat(settings.cardWorldListenPort()).isEqualTo(18005);
    }

    @Test
    void a_given_port_wins_and_moves_no_other() {
        ZhitongSettings settings = TestSettings.of("port", 18000, "vault-port", 7, "link-port", 0);
        assertThat(settings.vaultListenPort()).isEqualTo(7);
        assertThat(settings.linkListenPort()).isZero();
        assertThat(settings.enrolListenPort()).isEqualTo(18002);
    }

    @Test
    void a_console_on_any_free_port_leaves_the_neighbours_any_free_port_too() {
        ZhitongSettings settings = TestSettings.of("port", 0);
        assertThat(settings.linkListenPort()).isZero();
        assertThat(settings.enrolListenPort()).isZero();
    }

    @Test
    void production_refuses_h2_and_says_what_to_set() {
        assertThatThrownBy(() -> TestSettings.of("mode", "production"))
                .isInstanceOf(BindException.class)
                .rootCause()
                .hasMessageContaining("refuses H2")
                .hasMessageContaining("zhitong.database.kind=pg");
        assertThatCode(() -> TestSettings.of("mode", "production", "database.kind", "pg"))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"DEMO", "demo", "Demo"})
    void the_mode_is_read_in_any_case(String text) {
        assertThat(TestSettings.of("mode", text).demo()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "session-minutes, 0",
        "session-minutes, 1441",
        "session-minutes, -5",
        "mode, prod",
        "port, eighty",
        "database.kind, mysql"
    })
    void what_makes_no_sense_is_refused_before_anything_starts(String name, String value) {
        assertThatThrownBy(() -> TestSettings.of(name, value)).isInstanceOf(BindException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1440})
    void a_session_lasts_from_a_minute_to_a_day(int minutes) {
        assertThat(TestSettings.of("session-minutes", minutes).sessionMinutes()).isEqualTo(minutes);
    }
}
