package io.zhitong.backend.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.backend.foundation.DatabaseKind;
import io.zhitong.backend.testing.Browser;
import io.zhitong.backend.testing.RunningBackend;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every page of the menu, whole, in Chinese and in English. */
final class PagesInTwoLanguagesTest {
    /** How Thymeleaf shows a key that has no text, and what a template shows that was not evaluated. */
    private static final Pattern RAW = Pattern.compile("\\?\\?[a-zA-Z0-9._]+\\?\\?|\\$\\{|#\\{|th:[a-z]+=");

    private static final Pattern HAN = Pattern.compile("\\p{IsHan}");

    private final RunningBackend backend = RunningBackend.of(DatabaseKind.H2);

    private List<String> paths() {
        return backend.beans(MenuEntry.class).stream().map(MenuEntry::path).toList();
    }

    @Test
    void no_page_shows_a_raw_key_or_an_unevaluated_expression_in_either_language() {
        for (String language : new String[] {"zh-CN", "en"}) {
            Browser browser = backend.browser().as("admin");
            browser.get("/?lang=" + language);
            for (String path : paths()) {
                HttpResponse<String> page = browser.get(path);
                if (page.statusCode() == 200) {
                    assertThat(RAW.matcher(page.body()).results().map(each -> each.group()))
                            .as(path + " " + language)
                            .isEmpty();
                    assertThat(page.body()).as(path).contains("lang=\"" + language + "\"");
                }
            }
        }
    }

    @Test
    void the_title_of_a_page_is_in_the_language_that_was_asked_for() {
        Browser browser = backend.browser().as("admin");
        for (String path : paths()) {
            assertThat(HAN.matcher(title(browser.get(path + "?lang=zh-CN"))).find())
                    .as(path)
                    .isTrue();
            String english = title(browser.get(path + "?lang=en")).replace("智通", "");
            assertThat(HAN.matcher(english).find()).as(path + " " + english).isFalse();
        }
    }

    @Test
    void every_page_has_one_main_heading_one_main_part_and_a_way_past_the_menu() {
        Browser browser = backend.browser().as("admin");
        for (String path : paths()) {
            String page = browser.get(path).body();
            assertThat(count(page, "<h1")).as(path).isEqualTo(1);
            assertThat(count(page, "<main")).as(path).isEqualTo(1);
            assertThat(page).as(path).contains("class=\"skip-link\"").contains("id=\"content\"");
        }
    }

    @Test
    void every_form_that_changes_something_carries_a_csrf_token() {
        Browser browser = backend.browser().as("admin");
        for (String path : paths()) {
            String page = browser.get(path).body();
            long forms = count(page, "method=\"post\"");
            assertThat(count(page, "name=\"_csrf\"")).as(path).isGreaterThanOrEqualTo(forms);
        }
    }

    @ParameterizedTest
    @CsvSource({"fr-FR, zh-CN", "en-US, en", "en, en", "zh-TW, zh-CN", "xx-invalid--, zh-CN", "'', zh-CN"})
    void a_language_nobody_translated_is_shown_in_chinese_and_says_so(String asked, String shown) {
        Browser browser = backend.browser();
        for (String path : new String[] {"/login?lang=" + asked, "/login"}) {
            HttpResponse<String> page = browser.get(path);
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body()).contains("<html lang=\"" + shown + "\">");
            assertThat(page.body().contains("用户名")).isEqualTo(!shown.equals("en"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lang=xx-invalid--", "lang=", "lang=\"<b>\"", "lang=zh_CN_#Hans"})
    void a_cookie_of_another_program_spoils_no_page(String cookie) {
        HttpResponse<String> page = backend.browser().get("/login", "Cookie", cookie);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("<html lang=\"zh-CN\">");
    }

    private static String title(HttpResponse<String> page) {
        return page.body().replaceAll("(?s).*<title>(.*?)</title>.*", "$1");
    }

    private static long count(String text, String part) {
        return Pattern.compile(Pattern.quote(part)).matcher(text).results().count();
    }
}
