package io.zhitong.backend.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.backend.foundation.TestSettings;
import jakarta.servlet.ServletException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

final class ConsoleGateTest {
    @Test
    void a_process_without_the_console_answers_health_and_nothing_else() throws Exception {
        assertThat(status("gateway,worker", "/health")).isEqualTo(200);
        for (String path : new String[] {"/", "/login", "/wall", "/css/app.css", "/health/x", "/healthy"}) {
            assertThat(status("gateway,worker", path)).as(path).isEqualTo(404);
        }
    }

    @Test
    void a_console_lets_everything_pass_to_the_log_in() throws Exception {
        for (String path : new String[] {"/", "/login", "/wall", "/health"}) {
            assertThat(status("console", path)).as(path).isEqualTo(200);
        }
    }

    /** 200 = it reached what lies behind. */
    private static int status(String roles, String path) throws ServletException, IOException {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", path);
        request.setServletPath(path);
        MockHttpServletResponse response = new MockHttpServletResponse();
        MockFilterChain behind = new MockFilterChain();
        new ConsoleGate(TestSettings.of("roles", roles)).doFilter(request, response, behind);
        assertThat(behind.getRequest() != null).isEqualTo(response.getStatus() == 200);
        return response.getStatus();
    }
}
