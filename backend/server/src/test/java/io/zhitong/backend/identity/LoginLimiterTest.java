package io.zhitong.backend.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.FakeClock;
import io.zhitong.backend.testing.TestDatabase;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@BothDatabases
final class LoginLimiterTest {
    private final FakeClock clock = new FakeClock("2026-05-01T08:00:00Z");
    private final TestDatabase database;
    private final LoginLimiter limiter;

    LoginLimiterTest(TestDatabase database) {
        this.database = database;
        limiter = new LoginLimiter(database.jdbc(), clock);
    }

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

    @Test
    void guesses_at_one_console_count_at_the_other_and_after_a_restart() {
        fail("10.0.0.1", "desk", 3);
        LoginLimiter other = new LoginLimiter(database.jdbc(), clock);
        other.failed("10.0.0.1", "desk");
        assertThat(limiter.blocked("10.0.0.1", "desk")).isFalse();
        other.failed("10.0.0.1", "desk");
        assertThat(limiter.blocked("10.0.0.1", "desk")).isTrue();
        assertThat(new LoginLimiter(database.jdbc(), clock).blocked("10.0.0.1", "desk"))
                .isTrue();
    }

    @Test
    void a_flood_of_names_leaves_no_more_than_thirty_one_rows_of_its_address_and_old_ones_go() {
        for (int i = 0; i < 500; i++) {
            fail("10.0.0.1", "user" + i, 1);
        }
        assertThat(rows()).isEqualTo(31);
        clock.advance(Duration.ofMinutes(5));
        fail("10.0.0.2", "desk", 1);
        assertThat(rows()).isEqualTo(2);
    }

    @Test
    void a_name_that_no_database_keeps_is_counted_like_any_other() {
        for (String strange : new String[] {"a\u0000b", "\uD800", "'; drop table login_try; --", "", "长".repeat(300)}) {
            fail("10.0.0.3", strange, 5);
            assertThat(limiter.blocked("10.0.0.3", strange)).isTrue();
        }
    }

    private long rows() {
        return database.jdbc()
                .sql("select count(*) from login_try")
                .query(Long.class)
                .single();
    }

    private void fail(String address, String login, int times) {
        for (int i = 0; i < times; i++) {
            limiter.failed(address, login);
        }
    }
}
