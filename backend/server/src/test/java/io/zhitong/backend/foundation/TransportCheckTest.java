package io.zhitong.backend.foundation;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;

final class TransportCheckTest {
    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.7"})
    void production_refuses_plain_http_that_others_can_reach_and_says_what_to_set(String address) {
        assertThatThrownBy(() -> check("production", address, new MockEnvironment()))
                .hasMessageContaining("refuses plain HTTP on " + address)
                .hasMessageContaining("server.ssl.certificate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.8.8.8", "::1"})
    void production_allows_plain_http_to_a_proxy_on_the_same_machine(String address) {
        assertThatCode(() -> check("production", address, new MockEnvironment()))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bundle", "key-store", "certificate"})
    void production_listens_anywhere_with_tls(String way) {
        MockEnvironment tls = new MockEnvironment().withProperty("server.ssl." + way, "console");
        assertThatCode(() -> check("production", "0.0.0.0", tls)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"demo", "normal"})
    void other_modes_are_free_to_use_plain_http(String mode) {
        assertThatCode(() -> check(mode, "0.0.0.0", new MockEnvironment())).doesNotThrowAnyException();
    }

    private static TransportCheck check(String mode, String address, MockEnvironment environment) {
        return new TransportCheck(
                TestSettings.of("mode", mode, "address", address, "database.kind", "pg"), environment);
    }
}
