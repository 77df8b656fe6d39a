package io.zhitong.backend.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.audit.AuditLog;
import io.zhitong.backend.identity.Role;
import io.zhitong.backend.identity.Users;
import io.zhitong.backend.register.FirstDoor;
import io.zhitong.backend.testing.Browser;
import io.zhitong.backend.testing.RunningBackend;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** A backend without the demo, from its first start on, by HTTP, until its first door opens for a resident. */
final class FirstSetupTest {
    private static final String PASSWORD = "river-Boat-17";
    private final RunningBackend backend = RunningBackend.ofOwn();

    private String code() throws IOException {
        return Files.readString(backend.data().resolve("backend/setup-code")).strip();
    }

    private static Map<String, String> form(String code) {
        Map<String, String> form = new HashMap<>(Map.of(
                "code", code,
                "community", "碧水花园",
                "number", "44030002",
                "city", "4403",
                "login", "wang",
                "name", "王芳",
                "password", PASSWORD,
                "again", PASSWORD));
        return form;
    }

    @Test
    void whoever_holds_the_code_becomes_the_administrator_who_makes_the_key_officer_and_then_the_page_is_gone()
            throws IOException {
        Browser browser = backend.browser();
        assertThat(browser.get("/login").body()).contains("href=\"/setup\"").doesNotContain("zhitong-demo");
        String page = browser.get("/setup").body();
        assertThat(page).contains("首次设置").doesNotContain(code()).doesNotContain("??");
        assertThat(browser.get("/setup?lang=en").body())
                .contains("First set-up")
                .doesNotContain("??");
        browser.get("/setup?lang=zh-CN");
        refusals(browser);

        HttpResponse<String> done = browser.post("/setup", form(code()));
        assertThat(done.statusCode()).isEqualTo(302);
        assertThat(done.headers().firstValue("Location").orElse("")).endsWith("/login?ready");
        assertThat(backend.data().resolve("backend/setup-code")).doesNotExist();
        assertThat(browser.get("/login?ready").body()).contains("设置已完成").doesNotContain("href=\"/setup\"");
        assertThat(browser.get("/setup").statusCode()).isEqualTo(404);
        assertThat(browser.post("/setup", form("0000-0000-0000-0000")).statusCode())
                .isEqualTo(404);

        administrator();
        fromNothingToAnOpenDoor();
    }

    private void fromNothingToAnOpenDoor() {
        Browser admin = backend.browser();
        admin.logIn("wang", PASSWORD);
        Map<String, String> staff = form("");
        staff.put("login", "li");
        staff.put("name", "李岗");
        staff.put("role", "PROPERTY");
        assertThat(admin.post("/users", staff).statusCode()).isEqualTo(302);
        Browser guard = backend.browser();
        guard.logIn("li", PASSWORD);
        guard.get("/account");
        String own = "seine eigene Wahl";
        guard.post("/account", Map.of("present", PASSWORD, "password", own, "again", own));
        guard.logIn("li", own);
        new FirstDoor(backend, admin, guard).walk();
    }

    private void refusals(Browser browser) throws IOException {
        HttpResponse<String> wrong = browser.post("/setup", form("0000-0000-0000-0000"));
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("设置码不正确").contains("碧水花园").doesNotContain(PASSWORD);
        Map<String, String> shortPassword = form(code());
        shortPassword.put("password", "short");
        shortPassword.put("again", "short");
        HttpResponse<String> plain = browser.post("/setup", shortPassword);
        assertThat(plain.statusCode()).isEqualTo(422);
        assertThat(plain.body()).contains("密码至少 10 个字符").doesNotContain(code());
        assertThat(browser.post("/setup", Map.of()).statusCode()).isEqualTo(422);
        assertThat(browser.postWithoutToken("/setup", form(code())).statusCode())
                .isEqualTo(403);
        assertThat(browser.get("/setup?code=" + code()).body())
                .as("a code in an address is not looked at")
                .doesNotContain(code());
        assertThat(backend.bean(Users.class).none()).isTrue();
    }

    private void administrator() {
        Browser admin = backend.browser();
        assertThat(admin.logIn("wang", PASSWORD).statusCode()).isEqualTo(302);
        assertThat(admin.get("/").body()).contains("您好，王芳").contains("href=\"/users\"");
        assertThat(admin.get("/keys/ceremony").statusCode()).isEqualTo(403);
        Map<String, String> officer = form("");
        officer.put("login", "fang");
        officer.put("name", "方工");
        assertThat(admin.post("/users", officer).body()).contains("请至少选择一个角色");
        officer.put("role", " ");
        assertThat(admin.post("/users", officer).statusCode())
                .as("a blank role")
                .isEqualTo(422);
        officer.put("role", "KEY_OFFICER");
        assertThat(admin.post("/users", officer).statusCode()).isEqualTo(302);
        HttpResponse<String> twice = admin.post("/users", officer);
        assertThat(twice.statusCode()).isEqualTo(422);
        assertThat(twice.body()).contains("该用户名已存在").doesNotContain(PASSWORD);
        officer.put("role", "EMPEROR");
        assertThat(admin.post("/users", officer).statusCode()).isEqualTo(400);
        assertThat(admin.get("/users").body()).contains("方工").contains("密钥管理员");

        Browser fang = backend.browser();
        fang.logIn("fang", PASSWORD);
        fang.get("/account");
        String own = "meine eigene Wahl";
        fang.post("/account", Map.of("present", PASSWORD, "password", own, "again", own));
        fang.logIn("fang", own);
        assertThat(fang.get("/keys/ceremony").statusCode()).isEqualTo(200);
        assertThat(fang.get("/users").statusCode()).isEqualTo(403);
        assertThat(backend.bean(Users.class).find("fang").orElseThrow().roles()).containsExactly(Role.KEY_OFFICER);
        assertThat(backend.bean(AuditLog.class).newest(new CommunityId(1), OptionalLong.empty(), 20))
                .extracting(entry -> entry.actor().name() + " " + entry.action() + " " + entry.subject())
                .contains(
                        "system community.first community 44030002",
                        "system user.add user wang",
                        "wang user.add user fang");
    }
}
