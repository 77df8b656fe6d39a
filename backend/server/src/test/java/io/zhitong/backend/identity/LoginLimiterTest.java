package io.zhitong.backend.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.backend.testing.FakeClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class LoginLimiterTest {
    private final FakeClock clock = new FakeClock("2026-05-01T08:00:00Z");
    private final LoginLimiter limiter = new LoginLimiter(clock);

    @Test
    void the_fifth_wrong_password_blocks_that_name_from_that_address_for_five_minutes() {
        fail("10.0.0.1", "desk", 4);
        assertThat(limiter.blocked("10.0.0.1", "desk")).isFalse();
        fail("10.0.0.1", "desk", 1);
        assertThat(limiter.blocked("10.0.0.1", "desk")).isTrue();
        assertThat(limiter.blocked("10.0.0.1", "admin")).isFalse();
        assertThat(limiter.blocked("10.0.0.2", "desk")).isFalse();
        clock.advance(Duration.ofMinutes(5));
        assertThat(limiter.blocked("10.0.0.1", "desk")).isFalse();
    }

    @Test
    void an_address_that_guesses_many_names_is_blocked_for_all() {
        for (int i = 0; i < 30; i++) {
            fail("10.0.0.1", "user" + i, 1);
        }
        assertThat(limiter.blocked("10.0.0.1", "somebody")).isTrue();
    }

    @Test
    void a_right_password_forgets_the_wrong_ones() {
        fail("10.0.0.1", "desk", 4);
        limiter.succeeded("10.0.0.1", "desk");
        fail("10.0.0.1", "desk", 4);
        assertThat(limiter.blocked("10.0.0.1", "desk")).isFalse();
    }

    private void fail(String address, String login, int times) {
        for (int i = 0; i < times; i++) {
            limiter.failed(address, login);
        }
    }
}
