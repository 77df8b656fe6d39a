package io.zhitong.backend.access.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.backend.access.PolicyBook;
import io.zhitong.backend.access.PolicyDrafts;
import io.zhitong.backend.audit.Actor;
import io.zhitong.backend.devices.DeviceLists;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.foundation.DatabaseKind;
import io.zhitong.backend.testing.Browser;
import io.zhitong.backend.testing.Eventually;
import io.zhitong.backend.testing.RunningBackend;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The pages by HTTP: drafted by one role, tried, approved by another, signed for the door. */
final class RulesPageTest {
    private static final CommunityId ONE = new CommunityId(1);
    private static final Pattern DRAFT = Pattern.compile("draft=([0-9a-f-]{36})");
    private static final Pattern SEEN = Pattern.compile("name=\"seen\" value=\"([0-9a-fA-F]{64})\"");

    private final RunningBackend backend = RunningBackend.of(DatabaseKind.H2);
    private final Browser property = backend.browser().as("property");
    private final Browser admin = backend.browser().as("admin");

    /** Others look at the same estate. */
    @AfterEach
    void nothingLeftOpen() {
        PolicyDrafts drafts = backend.bean(PolicyDrafts.class);
        drafts.open(ONE).forEach(draft -> drafts.discard(ONE, draft.id(), new Actor("admin")));
    }

    @Test
    void a_night_schedule_drafted_by_property_staff_is_tried_and_approved_by_the_administrator_and_reaches_the_door() {
        long before = backend.bean(PolicyBook.class).newest(ONE);
        UUID draft = begin("夜间关闭");
        item(draft, 3, Map.of("name", "夜间", "windows", "1234567H 22:00-24:00"));
        item(draft, 4, Map.of("name", "国庆节", "day", "2036-10-01"));
        String page = property.get("/rules?lang=zh-CN&draft=" + draft).body();
        assertThat(page).contains("夜间", "1234567H 22:00-24:00", "2036-10-01", "新增规则", "class=\"plain\"");
        String schedule = group(Pattern.compile("<option value=\"(\\d+)\"[^>]*>夜间</option>"), page);
        String group = group(Pattern.compile("<option value=\"(\\d+)\"[^>]*>住户</option>"), page);
        item(draft, 2, Map.of("name", "夜间通行", "group", group, "where", "42-1", "schedule", schedule));
        HttpResponse<String> own = property.get("/rules/whatif?lang=zh-CN&draft=" + draft);
        assertThat(own.body())
                .contains("id=\"sum\"", "夜间通行 · 住户 · 1号楼大门 · 夜间", "夜间：1234567H 22:00-24:00")
                .doesNotContain("id=\"approve\"");
        String tried = admin.get("/rules/whatif?lang=en&draft=" + draft).body();
        assertThat(tried).contains("data-gainers=\"0\"", "id=\"approve\"", "the decision engine was asked");
        assertThat(post(property, "/rules/approve", draft, Map.of("seen", group(SEEN, tried)))
                        .statusCode())
                .isEqualTo(403);
        post(admin, "/rules/approve", draft, Map.of("seen", group(SEEN, tried)));
        assertThat(backend.bean(PolicyBook.class).newest(ONE)).isEqualTo(before + 1);
        assertThat(admin.get("/rules?lang=en").body()).contains("drafted by property, approved by admin");
        DeviceRow door = backend.bean(Estate.class).devices(ONE).get(0);
        DeviceLists lists = backend.bean(DeviceLists.class);
        Eventually.holds(
                "schedule on the door's list",
                () -> lists.newest(door.address(), ListKind.SCHEDULES)
                        .filter(list -> !list.records().isEmpty())
                        .isPresent());
        assertThat(location(admin.post("/rules/rollback", Map.of("version", Long.toString(before), "why", " "))))
                .contains("problem=NO_REASON");
        admin.post("/rules/rollback", Map.of("version", Long.toString(before), "why", "门口排队"));
        assertThat(admin.get("/rules?lang=zh-CN&problem=NO_REASON").body())
                .contains("↩ " + before + " · 门口排队", "请填写恢复或撤回的原因");
        Eventually.holds(
                "schedule gone again",
                () -> lists.newest(door.address(), ListKind.SCHEDULES)
                        .filter(list -> list.records().isEmpty())
                        .isPresent());
    }

    @Test
    void who_drafted_is_told_that_another_must_approve_and_the_server_refuses_him() {
        UUID draft = begin(admin, "自批");
        post(admin, "/rules/draft/item", draft, Map.of("kind", "4", "name", "日", "day", "2036-10-02"));
        String tried = admin.get("/rules/whatif?lang=zh-CN&draft=" + draft).body();
        assertThat(tried).contains("id=\"own\"").doesNotContain("id=\"approve\"");
        String seen =
                backend.bean(PolicyDrafts.class).require(ONE, draft).digest().toString();
        long before = backend.bean(PolicyBook.class).newest(ONE);
        HttpResponse<String> refused = post(admin, "/rules/approve", draft, Map.of("seen", seen));
        assertThat(location(refused)).contains("problem=OWN_DRAFT");
        assertThat(admin.get("/rules?lang=zh-CN&problem=OWN_DRAFT").body()).contains("起草人不能审批");
        assertThat(backend.bean(PolicyBook.class).newest(ONE)).isEqualTo(before);
    }

    @Test
    void every_kind_of_item_is_put_in_by_its_form_and_taken_out_again() {
        UUID draft = begin("全部");
        item(draft, 1, Map.of("name", "访客", "who", "4", "of", "018f0000-0000-7000-8000-000000000001", "trait", "3"));
        item(draft, 5, Map.of("name", "大堂", "passback", "1", "capacity", "30", "staleness", "60", "partition", "1"));
        item(draft, 6, Map.of("name", "低区", "front", "1-3", "rear", "2"));
        item(
                draft,
                7,
                Map.of(
                        "device", "42", "point", "1", "name", "1号楼大门", "mode", "7", "other", "0", "threat", "3",
                        "method", "1", "least", "4", "pulse", "5000"));
        item(draft, 8, Map.of("device", "42", "io", "1", "direction", "0", "point", "1", "function", "1"));
        assertThat(backend.bean(PolicyDrafts.class).require(ONE, draft).changes())
                .hasSize(5);
        assertThat(property.get("/rules?lang=zh-CN&draft=" + draft).body())
                .contains("住户的卡也打不开", "访客", "须陪同", "硬反潜回 · 限 30", "1 2 3 | 2", "双人认证", "CONTACT");
        assertThat(property.get("/rules?lang=en&draft=" + draft).body()).contains("two persons", "must be escorted");
        post(property, "/rules/draft/remove", draft, Map.of("kind", "8", "number", "704643328"));
        HttpResponse<String> wrong = post(property, "/rules/draft/item", draft, Map.of("kind", "3", "windows", "nie"));
        assertThat(location(wrong)).contains("problem=INPUT");
        assertThat(location(post(property, "/rules/draft/refresh", draft, Map.of())))
                .contains(draft.toString());
    }

    @Test
    void a_version_on_one_device_first_is_shown_with_its_health_and_taken_back() {
        UUID draft = begin("分步");
        item(draft, 4, Map.of("name", "节", "day", "2036-10-03"));
        String tried = admin.get("/rules/whatif?lang=en&draft=" + draft).body();
        post(admin, "/rules/approve", draft, Map.of("seen", group(SEEN, tried), "percent", "50"));
        String page = admin.get("/rules?lang=zh-CN").body();
        assertThat(page).contains("id=\"rollout\"", "先 1 台", "/1 台已证明持有");
        long version = backend.bean(PolicyBook.class).newest(ONE);
        admin.post("/rules/takeback", Map.of("version", Long.toString(version), "why", "试"));
        assertThat(admin.get("/rules?lang=zh-CN").body()).doesNotContain("id=\"rollout\"");
        assertThat(location(admin.post("/rules/advance", Map.of("version", Long.toString(version)))))
                .contains("problem=NO_VERSION");
    }

    @Test
    void csv_names_each_credential_that_gains_or_loses_and_is_there_for_open_drafts_only() {
        UUID draft = begin("csv");
        HttpResponse<String> csv = property.get("/rules/whatif.csv?draft=" + draft);
        assertThat(csv.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/csv");
        assertThat(csv.body()).contains("credential,device,point,change,day,from,to");
        assertThat(property.get("/rules/whatif.csv?draft=" + new UUID(0, 1)).statusCode())
                .isEqualTo(404);
    }

    @Test
    void a_pin_is_set_and_taken_away_and_never_shown() {
        assertThat(location(property.post("/rules/pin", Map.of("credential", "4403010100000001", "pin", "135790"))))
                .endsWith("/rules");
        assertThat(location(property.post("/rules/pin", Map.of("credential", "4403010100000001", "pin", "13579a"))))
                .contains("problem=INPUT");
        assertThat(property.get("/rules").body()).doesNotContain("135790");
        property.post("/rules/pin", Map.of("credential", "4403010100000001", "pin", ""));
    }

    private UUID begin(String title) {
        return begin(property, title);
    }

    private static UUID begin(Browser browser, String title) {
        return UUID.fromString(group(DRAFT, location(browser.post("/rules/draft", Map.of("title", title)))));
    }

    private void item(UUID draft, int kind, Map<String, String> fields) {
        Map<String, String> all = new HashMap<>(fields);
        all.put("kind", Integer.toString(kind));
        assertThat(location(post(property, "/rules/draft/item", draft, all))).doesNotContain("problem");
    }

    private static HttpResponse<String> post(Browser browser, String path, UUID draft, Map<String, String> fields) {
        Map<String, String> all = new HashMap<>(fields);
        all.put("draft", draft.toString());
        return browser.post(path, all);
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElse("no redirect: " + answer.statusCode());
    }

    private static String group(Pattern pattern, String text) {
        Matcher match = pattern.matcher(text);
        assertThat(match.find()).as("%s in %s", pattern, text).isTrue();
        return match.group(1);
    }
}
