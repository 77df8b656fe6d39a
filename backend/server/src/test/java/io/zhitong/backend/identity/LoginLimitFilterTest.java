package io.zhitong.backend.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.FakeClock;
import io.zhitong.backend.testing.TestDatabase;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

@BothDatabases
final class LoginLimitFilterTest {
    private final FakeClock clock = new FakeClock("2026-05-01T08:00:00Z");
    private final LoginLimiter limiter;
    private final LoginLimitFilter filter;

    LoginLimitFilterTest(TestDatabase database) {
        limiter = new LoginLimiter(database.jdbc(), clock);
        filter = new LoginLimitFilter(limiter);
    }

    @Test
    void a_blocked_name_is_turned_away_before_its_password_is_looked_at() throws Exception {
        guess("chen", 5);
        assertThat(passes("POST", "/login", "chen")).isFalse();
        assertThat(passes("POST", "/login", "zhou")).isTrue();
    }

    @Test
    void pages_and_other_forms_are_open_to_a_blocked_address() throws Exception {
        guess("chen", 30);
        assertThat(passes("GET", "/login", "chen")).isTrue();
        assertThat(passes("POST", "/logout", "chen")).isTrue();
        assertThat(passes("POST", "/login", "zhou")).isFalse();
    }

    @Test
    void five_minutes_after_the_first_guess_the_name_is_free_again() throws Exception {
        guess("chen", 5);
        clock.advance(Duration.ofMinutes(5).minusMillis(1));
        assertThat(passes("POST", "/login", "chen")).isFalse();
        clock.advance(Duration.ofMillis(1));
        assertThat(passes("POST", "/login", "chen")).isTrue();
    }

    @Test
    void a_log_in_without_a_name_and_one_with_an_endless_name_are_counted_like_any_other() throws Exception {
        guess("", 5);
        assertThat(passes("POST", "/login", null)).isFalse();
        guess("n".repeat(100_000), 5);
        assertThat(passes("POST", "/login", "n".repeat(61))).isFalse();
        assertThat(passes("POST", "/login", "n".repeat(59))).isTrue();
    }

    @Test
    void a_thousand_made_up_names_do_not_wash_out_the_count_of_their_address() throws Exception {
        for (int i = 0; i < 1_000; i++) {
            limiter.failed("192.0.2.1", "name" + i);
        }
        assertThat(passes("POST", "/login", "anybody")).isFalse();
    }

    private void guess(String login, int times) {
        for (int i = 0; i < times; i++) {
            limiter.failed("192.0.2.1", login);
        }
    }

    private boolean passes(String method, String path, String login) throws ServletException, IOException {
        MockHttpServletRequest request = new MockHttpServletRequest(method, path);
        request.setServletPath(path);
        request.setRemoteAddr("192.0.2.1");
        if (login != null) {
            request.setParameter("username", login);
        }
        MockHttpServletResponse response = new MockHttpServletResponse();
        MockFilterChain chain = new MockFilterChain();
        filter.doFilter(request, response, chain);
        boolean passed = chain.getRequest() != null;
        assertThat(response.getRedirectedUrl()).isEqualTo(passed ? null : "/login?blocked");
        return passed;
    }
}
