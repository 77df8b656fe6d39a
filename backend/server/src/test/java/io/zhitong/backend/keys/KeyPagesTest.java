package io.zhitong.backend.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.backend.foundation.DatabaseKind;
import io.zhitong.backend.testing.Browser;
import io.zhitong.backend.testing.Eventually;
import io.zhitong.backend.testing.RunningBackend;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The pages of rotation, blast radius and audit in a running backend with the demo estate. */
final class KeyPagesTest {
    private static final String PSAM = "00004403990000000043";
    private static final Pattern RAW = Pattern.compile("\\?\\?[a-zA-Z0-9._]+\\?\\?|\\$\\{|#\\{|th:[a-z]+=");
    private static final String[] PAGES = {
        "/keys",
        "/keys/rotation",
        "/keys/blast",
        "/keys/blast?thing=KEY&q=DPK/1",
        "/keys/blast?thing=DEVICE&q=42",
        "/keys/audit",
        "/keys/custody",
        "/keys/lineage?key=DPK/1"
    };

    private final RunningBackend backend = RunningBackend.of(DatabaseKind.H2);
    private final Browser officer = backend.browser().as("key_officer");

    @Test
    void every_page_is_whole_in_both_languages_for_officer_and_auditor_and_for_nobody_else() {
        Browser auditor = backend.browser().as("auditor");
        Browser desk = backend.browser().as("desk");
        for (Browser browser : new Browser[] {officer, auditor}) {
            assertThat(browser.get("/").statusCode())
                    .as("where the log-in leads")
                    .isEqualTo(200);
        }
        for (String page : PAGES) {
            String more = page.contains("?") ? "&lang=" : "?lang=";
            for (Browser browser : new Browser[] {officer, auditor}) {
                for (String language : new String[] {"zh-CN", "en"}) {
                    HttpResponse<String> answer = browser.get(page + more + language);
                    assertThat(answer.statusCode()).as(page).isEqualTo(200);
                    assertThat(RAW.matcher(answer.body()).results().map(each -> each.group()))
                            .as(page)
                            .isEmpty();
                    assertThat(answer.headers().firstValue("Cache-Control").orElse(""))
                            .as(page)
                            .contains("no-store");
                }
            }
            assertThat(desk.get(page).statusCode()).as(page).isEqualTo(403);
        }
    }

    @Test
    void rotation_shows_each_usage_with_who_holds_which_version() {
        Eventually.holds(
                "the demo PSAM is on record",
                () -> officer.get("/keys/rotation?lang=zh-CN").body().contains("1 个模块"));
        assertThat(officer.get("/keys/rotation").body())
                .contains("data-usage=\"DPK\" data-done=\"true\"")
                .contains("当前版本");
    }

    @Test
    void lost_psam_is_answered_with_what_falls_and_what_to_do() {
        Eventually.holds("the demo PSAM is on record", () -> blast("SAM", PSAM).contains("data-reach=\"MASTERS\""));
        assertThat(blast("SAM", PSAM)).contains("DPK/1:4403ff0000000000").contains("两位保管人批准");
        assertThat(blast("SAM", "00004403990000009999")).contains("id=\"blast-nothing\"");
        for (String bad : new String[] {"x", "-1", "DPK"}) {
            assertThat(blast("DEVICE", bad)).as(bad).contains("id=\"blast-malformed\"");
        }
        assertThat(blast("KEY", "<script>")).contains("id=\"blast-malformed\"").doesNotContain("<script>\"");
        assertThat(blast("CARD", "4403000199999999")).contains("id=\"blast-nothing\"");
    }

    @Test
    void audit_is_shown_checked_and_exported() {
        String page = officer.get("/keys/audit?lang=zh-CN").body();
        assertThat(page).contains("id=\"audit\"").contains("检查点见证");
        String checked = officer.post("/keys/audit/verify", Map.of()).body();
        assertThat(checked).contains("id=\"verified\"").doesNotContain("id=\"broken\"");
        HttpResponse<String> export = officer.get("/keys/audit.export");
        assertThat(export.headers().firstValue("Content-Disposition").orElse(""))
                .contains("audit.export");
        assertThat(export.body()).startsWith("ZTAX");
    }

    private String blast(String thing, String q) {
        return officer.get("/keys/blast?lang=zh-CN&" + Browser.encode(Map.of("thing", thing, "q", q)))
                .body();
    }
}
