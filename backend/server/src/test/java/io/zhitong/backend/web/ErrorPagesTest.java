package io.zhitong.backend.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.Browser;
import io.zhitong.backend.testing.RunningBackend;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@BothDatabases
final class ErrorPagesTest {
    private final Browser browser;

    ErrorPagesTest(RunningBackend backend) {
        browser = backend.browser().as("admin");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nowhere",
                "/nowhere?q=%3Cscript%3Ealert(1)%3C/script%3E",
                "/css/none.css",
                "/wall/%22onload=%22x",
                "/wall/stream?after=x",
                "/ledger?before=x",
                "/ledger?before=99999999999999999999",
                "/people/not-a-uuid",
                "/desk/not-a-uuid"
            })
    void whatever_is_asked_wrongly_ends_in_a_page_that_leads_back_and_repeats_nothing(String path) {
        HttpResponse<String> page = browser.get(path);
        assertThat(page.statusCode()).isBetween(400, 499);
        assertThat(page.body())
                .contains("回到首页")
                .doesNotContain("alert(1)", "onload", "not-a-uuid", "99999999999999999999")
                .doesNotContain("Exception", "org.springframework", "Whitelabel", "\tat ");
    }

    @Test
    void a_page_for_another_role_says_so_and_not_why() {
        assertThat(browser.get("/nowhere").body()).contains("没有这个页面");
        HttpResponse<String> refused = browser.postWithoutToken("/wall/open", Map.of("device", "42"));
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("您没有权限").doesNotContainIgnoringCase("invalid csrf");
    }

    @Test
    void error_pages_speak_english_too() {
        browser.get("/?lang=en");
        assertThat(browser.get("/nowhere").body()).contains("lang=\"en\"").doesNotContain("没有这个页面", "回到首页");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/plain", "image/png", "*/*"})
    void a_program_that_asks_for_no_page_is_told_the_status_and_nothing_of_the_inside(String accept) {
        HttpResponse<String> answer = browser.get("/nowhere", "Accept", accept);
        assertThat(answer.statusCode()).isIn(404, 406);
        assertThat(answer.body()).doesNotContain("Exception", "trace", "org.springframework");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/error", "/error?status=500"})
    void the_error_page_by_itself_gives_nothing_away(String path) {
        HttpResponse<String> page = browser.get(path);
        assertThat(page.body()).doesNotContain("Exception", "trace", "org.springframework");
    }
}
