package io.zhitong.backend.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.Browser;
import io.zhitong.backend.testing.RunningBackend;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.password.PasswordEncoder;

@BothDatabases
final class LogInTest {
    private final RunningBackend backend;

    LogInTest(RunningBackend backend) {
        this.backend = backend;
    }

    @Test
    void a_clerk_logs_in_sees_the_own_name_and_logs_out() {
        Browser browser = backend.browser().as("desk");
        assertThat(browser.get("/").body()).contains("您好，小陈").contains("发卡员");
        assertThat(browser.post("/logout", Map.of()).statusCode()).isEqualTo(302);
        assertThat(location(browser.get("/"))).endsWith("/login");
    }

    @Test
    void the_program_hashes_at_full_cost_and_only_its_tests_cheaply() {
        // RFC 9106 names: type, version 1.3, memory in KiB, passes, lanes.
        assertThat(backend.beans(PasswordEncoder.class))
                .extracting(encoder -> String.valueOf(encoder.encode("p")))
                .satisfiesExactlyInAnyOrder(
                        cheap -> assertThat(cheap).startsWith("$argon2id$v=19$m=8,t=1,p=1$"),
                        full -> assertThat(full).startsWith("$argon2id$v=19$m=16384,t=2,p=1$"));
    }

    @Test
    void a_wrong_password_and_an_unknown_name_are_told_apart_by_nothing() {
        HttpResponse<String> wrong = backend.browser().logIn("finance", "guess");
        HttpResponse<String> unknown = backend.browser().logIn("nobody", "guess");
        assertThat(location(wrong)).endsWith("/login?wrong").isEqualTo(location(unknown));
        assertThat(backend.browser().get("/login?wrong").body()).contains("用户名或密码不正确");
    }

    @Test
    void the_sixth_guess_for_one_name_is_turned_away_even_with_the_right_password() {
        for (int i = 0; i < 5; i++) {
            backend.browser().logIn("guessed", "wrong" + i);
        }
        assertThat(location(backend.browser().logIn("guessed", "zhitong-demo"))).endsWith("/login?blocked");
    }

    @Test
    void a_form_without_its_csrf_token_is_refused() {
        Browser browser = backend.browser().as("property");
        assertThat(browser.postWithoutToken("/logout", Map.of()).statusCode()).isEqualTo(403);
        assertThat(browser.get("/").statusCode()).isEqualTo(200);
    }

    @Test
    void no_page_holds_an_inline_script_or_style_and_every_answer_forbids_them() {
        Browser browser = backend.browser().as("admin");
        for (String path : new String[] {"/login", "/", "/wall", "/nowhere"}) {
            HttpResponse<String> page = browser.get(path);
            assertThat(page.body()).as(path).doesNotContainPattern("<script(?![^>]*src=)|\\sstyle=|\\son[a-z]+=\"");
            assertThat(page.headers().firstValue("Content-Security-Policy"))
                    .as(path)
                    .hasValueSatisfying(policy ->
                            assertThat(policy).contains("default-src 'none'").doesNotContain("unsafe"));
            assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        }
    }

    @Test
    void the_session_cookie_is_out_of_reach_of_scripts_and_changes_at_log_in() {
        Browser browser = backend.browser();
        String before = cookie(browser.get("/login"));
        String after = cookie(browser.logIn("admin", "zhitong-demo"));
        assertThat(before).contains("HttpOnly").contains("SameSite=Lax");
        assertThat(after).contains("HttpOnly").isNotEqualTo(before);
    }

    @Test
    void english_is_one_click_away() {
        Browser browser = backend.browser();
        assertThat(browser.get("/login").body()).contains("用户名").contains("lang=\"zh-CN\"");
        assertThat(browser.get("/login?lang=en").body()).contains("User name").contains("lang=\"en\"");
        assertThat(browser.get("/login").body()).contains("User name");
    }

    @Test
    void an_unknown_page_says_so_and_leads_back() {
        HttpResponse<String> page = backend.browser().as("admin").get("/nowhere");
        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.body()).contains("没有这个页面").contains("回到首页");
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElse("no redirect: " + answer.statusCode());
    }

    private static String cookie(HttpResponse<String> answer) {
        return answer.headers().firstValue("Set-Cookie").orElse("");
    }
}
