package io.zhitong.backend.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.backend.identity.PasswordRules.Fault;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PasswordRulesTest {
    @ParameterizedTest
    @CsvSource({
        "desk, '', SHORT",
        "desk, abcdefghi, SHORT",
        "desk, aaaaaaaaaa, PLAIN",
        "desk, abcdabcdabcd, PLAIN",
        "desk, AaBbCcDdAaBb, PLAIN",
        "desk, desk-2026-spring, KNOWN",
        "desk, my-DESK-is-tidy, KNOWN",
        "Desk, my-desk-is-tidy, KNOWN",
        "desk, zhitong-demo, KNOWN",
        "desk, ZhiTong-Demo, KNOWN"
    })
    void password_that_is_easily_guessed_is_refused(String login, String password, Fault fault) {
        assertThat(PasswordRules.fault(login, password)).contains(fault);
    }

    @ParameterizedTest
    @CsvSource({
        "desk, abcdefghij",
        "desk, 门前大桥下游过一群鸭",
        "desk, correct horse battery",
        "desk, aabbccddee",
        "'', zhitong-demo-2"
    })
    void long_and_mixed_password_is_taken_in_any_script(String login, String password) {
        assertThat(PasswordRules.fault(login, password)).isEmpty();
    }

    @Test
    void length_is_bounded_above_and_the_bound_itself_is_taken() {
        String most = "abcdefgh".repeat(PasswordRules.MOST / 8);
        assertThat(PasswordRules.fault("desk", most)).isEmpty();
        assertThat(PasswordRules.fault("desk", most + "x")).isEqualTo(Optional.of(Fault.LONG));
        assertThat(PasswordRules.fault("desk", most.substring(0, PasswordRules.LEAST)))
                .isEmpty();
        assertThat(PasswordRules.fault("desk", most.substring(0, PasswordRules.LEAST - 1)))
                .contains(Fault.SHORT);
    }
}
