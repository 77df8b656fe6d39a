package io.zhitong.backend.span.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.backend.foundation.DatabaseKind;
import io.zhitong.backend.testing.Browser;
import io.zhitong.backend.testing.RunningBackend;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

final class SpanPageTest {
    private final RunningBackend backend = RunningBackend.of(DatabaseKind.H2);
    private final Browser overseer = backend.browser().as("overseer");

    @Test
    void a_company_s_user_reads_the_reports_of_a_community_and_finds_nothing_to_press_there() {
        String page = overseer.get("/span?lang=zh-CN").body();
        assertThat(page).contains("data-community=\"1\"", "智通花园", "44030001", "正在查看：智通花园", "金额不合计");
        HttpResponse<String> turned = overseer.post("/span/look", Map.of("community", "1"));
        assertThat(location(turned)).endsWith("/span/days");
        String days = overseer.get("/span/days").body();
        assertThat(days).contains("智通花园", "营业日");
        assertThat(days.split("<tr><td>", -1)).hasSize(15);
        assertThat(overseer.get("/sync").body()).contains("正在查看");
        assertThat(overseer.get("/gaps").statusCode()).isEqualTo(200);
        assertThat(overseer.get("/alarms?show=all").body()).doesNotContain("alarms/acknowledge");
        assertThat(backend.bean(JdbcClient.class)
                        .sql("select count(*) from audit_entry where action = 'above.look' and actor = 'overseer'")
                        .query(Long.class)
                        .single())
                .isPositive();
    }

    @Test
    void what_does_not_show_itself_is_not_there() {
        overseer.get("/span");
        for (String community : new String[] {"2", "0", "-1", "2147483647"}) {
            assertThat(overseer.post("/span/look", Map.of("community", community))
                            .statusCode())
                    .as(community)
                    .isEqualTo(404);
        }
        assertThat(overseer.get("/span/days?lang=zh-CN").body()).contains("智通花园");
        assertThat(backend.browser().as("property").get("/span").statusCode()).isEqualTo(403);
    }

    @Test
    void an_administrator_sees_the_own_community_and_decides_to_whom_it_shows_itself() {
        Browser admin = backend.browser().as("admin");
        assertThat(admin.get("/span?lang=en").body())
                .contains("data-community=\"1\"", "Devices in step")
                .doesNotContain("/span/look", "Looking at");
        assertThat(admin.get("/span/days").body()).contains("Business day");
        assertThat(admin.get("/belonging?lang=zh-CN").body()).contains("智通物业 · 账号由本小区管理");
        assertThat(admin.post("/belonging/operator", Map.of("operator", "0")).statusCode())
                .isEqualTo(302);
        assertThat(location(overseer.get("/sync"))).endsWith("/span");
        assertThat(overseer.get("/span?lang=zh-CN").body()).contains("没有可见的小区");
        assertThat(admin.post("/belonging/operator", Map.of("operator", "1")).statusCode())
                .isEqualTo(302);
        assertThat(overseer.get("/sync").statusCode()).isEqualTo(200);
        assertThat(admin.post("/belonging/found", Map.of("name", "智通物业")).body())
                .contains("同名的物业公司已存在");
    }

    @Test
    void a_user_of_the_company_is_made_by_whoever_keeps_its_accounts_and_a_city_s_by_nobody_yet() {
        Browser admin = backend.browser().as("admin");
        assertThat(admin.get("/users?lang=zh-CN").body()).contains("物业公司（只读总览）").doesNotContain("value=\"CITY\"");
        Map<String, String> user =
                Map.of("login", "gongsi", "name", "钱经理", "password", "Regen-auf-Dach-1", "again", "Regen-auf-Dach-1");
        assertThat(admin.post("/users", with(user, "sight", "CITY")).body()).contains("请先在“归属”登记");
        Map<String, String> mixed = new java.util.HashMap<>(with(user, "sight", "OPERATOR"));
        mixed.put("role", "ADMIN");
        assertThat(admin.post("/users", mixed).statusCode()).isEqualTo(422);
        assertThat(admin.post("/users", with(user, "sight", "OPERATOR")).statusCode())
                .isEqualTo(302);
        assertThat(admin.get("/users?lang=zh-CN").body()).contains("gongsi", "总览员");
        Browser company = backend.browser();
        company.logIn("gongsi", "Regen-auf-Dach-1");
        assertThat(location(company.get("/span"))).endsWith("/account");
        company.get("/account");
        Map<String, String> change =
                Map.of("present", "Regen-auf-Dach-1", "password", "meine eigene Wahl", "again", "meine eigene Wahl");
        assertThat(location(company.post("/account", change))).contains("changed");
        company.logIn("gongsi", "meine eigene Wahl");
        assertThat(company.get("/span").body()).contains("data-community=\"1\"");
        assertThat(admin.post("/users/disable", Map.of("login", "gongsi")).statusCode())
                .isEqualTo(302);
    }

    private static Map<String, String> with(Map<String, String> form, String field, String value) {
        Map<String, String> more = new java.util.HashMap<>(form);
        more.put(field, value);
        return more;
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElse("");
    }
}
