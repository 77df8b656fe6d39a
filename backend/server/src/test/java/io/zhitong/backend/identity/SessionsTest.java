package io.zhitong.backend.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.Browser;
import io.zhitong.backend.testing.RunningBackend;
import jakarta.servlet.FilterChain;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.web.FilterChainProxy;

@BothDatabases
final class SessionsTest {
    private final RunningBackend backend;

    SessionsTest(RunningBackend backend) {
        this.backend = backend;
    }

    @Test
    void a_session_lies_in_the_database_for_thirty_minutes_and_goes_at_log_out() {
        Browser browser = backend.browser().as("desk");
        long before = sessions("desk");
        assertThat(jdbc().sql("select distinct max_inactive_interval from spring_session where principal_name = 'desk'")
                        .query(Integer.class)
                        .list())
                .containsExactly(1800);
        browser.post("/logout", Map.of());
        assertThat(sessions("desk")).isEqualTo(before - 1);
    }

    @Test
    void a_session_that_was_deleted_is_logged_out_at_the_next_click() {
        Browser browser = backend.browser().as("finance");
        assertThat(browser.get("/").statusCode()).isEqualTo(200);
        jdbc().sql("delete from spring_session where principal_name = 'finance'")
                .update();
        assertThat(browser.get("/").statusCode()).isEqualTo(302);
    }

    @Test
    void an_idle_session_is_over_although_its_row_is_still_there() {
        Browser browser = backend.browser().as("finance");
        jdbc().sql("update spring_session set last_access_time = last_access_time - 1801000,"
                        + " expiry_time = expiry_time - 1801000 where principal_name = 'finance'")
                .update();
        assertThat(browser.get("/ledger").statusCode()).isEqualTo(302);
    }

    @Test
    void a_log_in_leads_to_the_page_that_was_asked_for_but_never_to_another_house() {
        Browser browser = backend.browser();
        browser.get("/ledger?state=POSTED");
        assertThat(location(browser.logIn("finance", "zhitong-demo"))).contains("/ledger?state=POSTED");
        Browser lured = backend.browser();
        lured.get("/login?continue=https://example.org&redirect=//example.org");
        assertThat(location(lured.logIn("finance", "zhitong-demo"))).doesNotContain("example.org");
    }

    @Test
    void each_log_in_is_audited_with_its_address_and_a_wrong_one_is_not_a_log_in() {
        long before = logins();
        backend.browser().logIn("property", "wrong");
        assertThat(logins()).isEqualTo(before);
        backend.browser().as("property");
        assertThat(logins()).isEqualTo(before + 1);
        assertThat(jdbc().sql("select actor || ' ' || after_text from audit_entry where action = 'user.login'"
                                + " order by number desc limit 1")
                        .query(String.class)
                        .single())
                .isEqualTo("property 127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"' or '1'='1", "张伟", "\uD800", "%"})
    void a_strange_name_is_an_ordinary_wrong_log_in(String login) {
        assertThat(location(backend.browser().logIn(login, "x"))).endsWith("/login?wrong");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "a\u0000b"})
    void a_name_with_nul_is_a_bad_request_and_no_log_in(String login) {
        long before = logins();
        assertThat(backend.browser().logIn(login, "x").statusCode()).isEqualTo(400);
        assertThat(logins()).isEqualTo(before);
    }

    @Test
    void every_answer_forbids_framing_sniffing_and_keeping() {
        Browser browser = backend.browser().as("admin");
        for (String path : new String[] {"/", "/login", "/ledger", "/nowhere"}) {
            HttpResponse<String> page = browser.get(path);
            assertThat(header(page, "X-Frame-Options")).isEqualTo("DENY");
            assertThat(header(page, "Cache-Control")).contains("no-store");
            assertThat(header(page, "Referrer-Policy")).isEqualTo("same-origin");
            assertThat(header(page, "Permissions-Policy")).contains("camera=()");
            assertThat(header(page, "Content-Security-Policy"))
                    .contains("frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'");
            assertThat(page.headers().map()).doesNotContainKeys("server", "x-powered-by");
            assertThat(page.headers().map()).doesNotContainKey("strict-transport-security");
        }
    }

    @Test
    void over_tls_the_browser_is_told_to_stay_with_tls() throws Exception {
        Map<String, String> headers = new HashMap<>();
        for (boolean tls : new boolean[] {true, false}) {
            MockHttpServletRequest request = new MockHttpServletRequest("GET", "/login");
            request.setServletPath("/login");
            request.setSecure(tls);
            MockHttpServletResponse response = new MockHttpServletResponse();
            FilterChain end = (q, a) -> a.getWriter().write("page");
            backend.bean(FilterChainProxy.class).doFilter(request, response, end);
            headers.put(tls ? "tls" : "plain", String.valueOf(response.getHeader("Strict-Transport-Security")));
        }
        assertThat(headers.get("tls")).isEqualTo("max-age=31536000 ; includeSubDomains");
        assertThat(headers.get("plain")).isEqualTo("null");
    }

    @Test
    void every_cookie_is_out_of_reach_of_scripts_or_holds_only_the_language() {
        List<String> cookies = new ArrayList<>();
        Browser browser = backend.browser();
        for (String path : new String[] {"/login", "/login?lang=en"}) {
            cookies.addAll(browser.get(path).headers().allValues("Set-Cookie"));
        }
        cookies.addAll(browser.logIn("admin", "zhitong-demo").headers().allValues("Set-Cookie"));
        assertThat(cookies).hasSizeGreaterThan(1).allMatch(cookie -> cookie.contains("SameSite=Lax"));
        assertThat(cookies)
                .filteredOn(cookie -> !cookie.contains("HttpOnly"))
                .allMatch(cookie -> cookie.startsWith("lang="));
    }

    @Test
    void a_form_of_another_site_is_refused_whatever_token_it_brings() {
        Browser victim = backend.browser().as("property");
        Browser attacker = backend.browser();
        attacker.get("/login");
        HttpResponse<String> forged = attacker.post("/wall/open", Map.of("device", "42", "point", "1", "why", "x"));
        assertThat(forged.statusCode()).isIn(302, 403);
        assertThat(victim.postWithoutToken("/wall/open", Map.of("device", "42", "point", "1", "why", "x"))
                        .statusCode())
                .isEqualTo(403);
    }

    private long logins() {
        return jdbc().sql("select count(*) from audit_entry where action = 'user.login'")
                .query(Long.class)
                .single();
    }

    private long sessions(String login) {
        return jdbc().sql("select count(*) from spring_session where principal_name = ?")
                .param(login)
                .query(Long.class)
                .single();
    }

    private JdbcClient jdbc() {
        return backend.bean(JdbcClient.class);
    }

    private static String location(HttpResponse<String> answer) {
        return header(answer, "Location");
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("no " + name + " " + answer.statusCode());
    }
}
