package io.zhitong.backend.register.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.backend.audit.Actor;
import io.zhitong.backend.audit.AuditEntry;
import io.zhitong.backend.audit.AuditLog;
import io.zhitong.backend.devices.DeviceTokens;
import io.zhitong.backend.devices.OpenTokens;
import io.zhitong.backend.devices.TestDevice;
import io.zhitong.backend.estate.DeviceBook;
import io.zhitong.backend.foundation.DatabaseKind;
import io.zhitong.backend.testing.Browser;
import io.zhitong.backend.testing.Eventually;
import io.zhitong.backend.testing.RunningBackend;
import io.zhitong.backend.vault.BackendIdentity;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.machinetls.MachineRole;
import io.zhitong.machinetls.Pem;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The register by HTTP. */
final class DevicePagesTest {
    private static final long NUMBER = 7_100_001;
    private static final DeviceAddress TILL = DeviceAddress.of(1, 43);
    private static final String ONE = "/devices/" + NUMBER;
    private static final Pattern TOKEN = Pattern.compile("id=\"token\"[^>]*value=\"([A-Za-z0-9_-]{43})\"");

    private final RunningBackend backend = RunningBackend.of(DatabaseKind.H2);
    private final Browser admin = backend.browser().as("admin");
    private final DeviceAddress device = DeviceAddress.of(1, NUMBER);

    DevicePagesTest() {
        admin.get("/devices?lang=zh-CN");
    }

    /** Others count the devices in service. */
    @AfterEach
    void outOfTheWay() {
        if (backend.bean(DeviceBook.class)
                .entry(device)
                .filter(each -> each.inService())
                .isPresent()) {
            admin.post(ONE + "/retire", Map.of("reason", "RETIRED"));
        }
    }

    private HttpResponse<String> add(String field, String value) {
        Map<String, String> form = new HashMap<>(
                Map.of("number", Long.toString(NUMBER), "kind", "CONTROLLER", "name", "3号楼门禁", "place", "3号楼弱电间"));
        form.put(field, value);
        return admin.post("/devices", form);
    }

    private HttpResponse<String> point(String field, String value) {
        Map<String, String> form =
                new HashMap<>(Map.of("point", "1", "kind", "DOOR", "method", "SEALED", "name", "3号楼大门"));
        form.put(field, value);
        return admin.post(ONE + "/point", form);
    }

    private void there() {
        if (add("place", "3号楼弱电间").statusCode() != 302) {
            admin.post(ONE + "/reinstate", Map.of());
            admin.post(ONE, Map.of("name", "3号楼门禁", "place", "3号楼弱电间"));
        }
        if (point("kind", "DOOR").statusCode() != 302) {
            point("known", "true");
        }
    }

    @Test
    void device_is_added_with_a_point_that_stands_in_a_drafts_form_and_every_act_is_audited() {
        there();
        assertThat(admin.get("/devices?text=弱电间").body()).contains("data-device=\"" + NUMBER + "\"", "3号楼弱电间", "从未连接");
        assertThat(admin.get(ONE).body())
                .contains("data-point=\"1\"", "3号楼大门")
                .contains("id=\"set-clock\"")
                .as("nothing is wired that could be pulsed")
                .doesNotContain("id=\"pulse\"");
        String draft = admin.post("/rules/draft", Map.of("title", "新门"))
                .headers()
                .firstValue("Location")
                .orElseThrow()
                .replaceAll(".*draft=", "");
        assertThat(admin.get("/rules?draft=" + draft).body()).contains("3号楼门禁 · 3号楼大门");
        admin.post("/rules/draft/discard", Map.of("draft", draft));

        assertThat(admin.post(ONE, Map.of("name", "3栋门禁", "place", "")).statusCode())
                .isEqualTo(302);
        Map<String, String> renamed =
                Map.of("point", "1", "kind", "TURNSTILE", "method", "FAST", "name", "3栋闸机", "known", "true");
        assertThat(admin.post(ONE + "/point", renamed).statusCode()).isEqualTo(302);
        assertThat(admin.get(ONE).body()).contains("3栋门禁", "3栋闸机").doesNotContain("3号楼大门");
        List<AuditEntry> entries = backend.bean(AuditLog.class).newest(new CommunityId(1), OptionalLong.empty(), 40);
        assertThat(entries)
                .extracting(
                        each -> each.actor().name() + " " + each.action() + " " + each.before() + " > " + each.after())
                .contains(
                        "admin device.rename 3号楼门禁 (3号楼弱电间) > 3栋门禁",
                        "admin point.change point 1 DOOR SEALED 3号楼大门 > point 1 TURNSTILE FAST 3栋闸机");
    }

    @Test
    void what_is_no_device_and_no_point_is_refused_in_words() {
        there();
        assertThat(add("number", "0").body()).contains("设备号是 1 到 4294967295");
        assertThat(add("number", "4294967296").body()).contains("设备号是 1 到 4294967295");
        assertThat(add("number", "42").body()).contains("本小区已有这个设备号");
        assertThat(add("name", " ").body()).contains("1 到 40 个字");
        assertThat(add("name", "名".repeat(41)).statusCode()).isEqualTo(422);
        assertThat(add("place", "位".repeat(81)).body()).contains("最多 80 个字");
        assertThat(add("kind", "TELEPHONE").statusCode()).isEqualTo(400);
        assertThat(point("name", "另一扇门").body()).contains("已有这个点号");
        assertThat(point("point", "65").body()).contains("点号是 1 到 64");
        assertThat(point("kind", "TILL").body()).contains("没有这种门点");
        assertThat(point("method", "REMOTE").body()).contains("不用这种识别方式");
        assertThat(point("name", "").body()).contains("1 到 40 个字");
        Map<String, String> unknown =
                Map.of("point", "9", "kind", "DOOR", "method", "SEALED", "name", "门", "known", "true");
        assertThat(admin.post(ONE + "/point", unknown).body()).contains("没有这个点号");
        assertThat(admin.get("/devices/7100009").statusCode()).isEqualTo(404);
        assertThat(admin.get("/devices/0").statusCode()).isEqualTo(404);
    }

    @Test
    void token_stands_on_its_sheet_once_and_nowhere_else_and_there_is_no_second_one() {
        there();
        HttpResponse<String> sheet = admin.post(ONE + "/token", Map.of());
        String token = token(sheet);
        assertThat(sheet.headers().allValues("Cache-Control").toString()).contains("no-store");
        assertThat(sheet.body())
                .contains(String.valueOf(NUMBER), "127.0.0.1:", "只显示这一次")
                .contains(TokenPage.fingerprint(
                        backend.bean(BackendIdentity.class).authority(MachineProfile.SM2)));
        assertThat(admin.get(ONE).body() + admin.get("/devices").body())
                .contains("id=\"open-token\"", "收回")
                .doesNotContain(token);
        assertThat(admin.post(ONE + "/token", Map.of()).body())
                .contains("请先收回它")
                .doesNotContain("id=\"sheet\"");
        assertThat(backend.bean(OpenTokens.class).of(device)).isPresent();
        assertThat(backend.bean(AuditLog.class).newest(new CommunityId(1), OptionalLong.empty(), 40))
                .noneMatch(entry -> entry.toString().contains(token));

        assertThat(admin.post(ONE + "/take-back", Map.of()).statusCode()).isEqualTo(302);
        assertThat(backend.bean(OpenTokens.class).of(device)).isEmpty();
        assertThat(admin.post(ONE + "/take-back", Map.of()).body()).contains("没有未使用的注册码");
        assertThat(token(admin.post(ONE + "/token", Map.of()))).isNotEqualTo(token);
        assertThat(admin.post(ONE + "/token", Map.of("replacement", "true")).statusCode())
                .isEqualTo(422);
    }

    @Test
    void retired_device_leaves_lists_and_forms_keeps_its_number_and_comes_back_only_as_itself() {
        there();
        admin.post(ONE + "/token", Map.of());
        assertThat(admin.post(ONE + "/retire", Map.of("reason", "LOST")).statusCode())
                .isEqualTo(302);
        assertThat(backend.bean(OpenTokens.class).of(device)).isEmpty();
        assertThat(admin.get("/devices").body()).doesNotContain("data-device=\"" + NUMBER + "\"");
        assertThat(admin.get("/devices?retired=true").body()).contains("data-device=\"" + NUMBER + "\"");
        assertThat(admin.get(ONE).body()).contains("已停用", "恢复使用").doesNotContain("id=\"issue\"");
        assertThat(admin.get("/sync").body()).doesNotContain("data-device=\"" + NUMBER + "\"");
        assertThat(add("name", "另一台").body()).contains("属于一台已停用的设备");
        for (String act : new String[] {"/token", "/point", ""}) {
            Map<String, String> form = Map.of("name", "x", "point", "2", "kind", "DOOR", "method", "SEALED");
            assertThat(admin.post(ONE + act, form).body()).as(act).contains("这台设备已停用");
        }
        assertThat(admin.post(ONE + "/retire", Map.of("reason", "LOST")).statusCode())
                .isEqualTo(422);
        assertThat(admin.post(ONE + "/reinstate", Map.of()).statusCode()).isEqualTo(302);
        assertThat(admin.post(ONE + "/reinstate", Map.of()).body()).contains("正在使用");
        assertThat(admin.get("/devices").body()).contains("data-device=\"" + NUMBER + "\"");
    }

    @Test
    void device_that_lives_is_replaced_only_when_that_is_said_and_gets_no_plain_token() {
        String till = backend.bean(DeviceTokens.class).issue(TILL, new Actor("admin"), Duration.ofMinutes(5));
        try (TestDevice living = TestDevice.enrolled(backend, MachineRole.POS, till, 4301)) {
            Eventually.holds(
                    "connected",
                    () -> living.linked() && admin.get("/devices/43").body().contains("register.state.up"));
            assertThat(admin.get("/devices/43").body()).contains("test 1", "SM2，有效至", "name=\"living\"");
            assertThat(admin.post("/devices/43/token", Map.of()).body()).contains("只能签发更换用的注册码");
            assertThat(admin.post("/devices/43/token", Map.of("replacement", "true"))
                            .body())
                    .contains("现在在线")
                    .doesNotContain("id=\"sheet\"");
            token(admin.post("/devices/43/token", Map.of("replacement", "true", "living", "true")));
            assertThat(admin.get("/devices").body()).contains("更换设备");
            assertThat(admin.post("/devices/43/take-back", Map.of()).statusCode())
                    .isEqualTo(302);
            assertThat(living.linked()).isTrue();
        }
    }

    @Test
    void others_look_and_change_nothing() {
        for (String login : List.of("property", "auditor")) {
            Browser other = backend.browser().as(login);
            assertThat(other.get("/devices").body())
                    .contains("data-device=\"42\"")
                    .doesNotContain("id=\"add-device\"");
            assertThat(other.get("/devices/42").body())
                    .contains("data-point=\"1\"")
                    .doesNotContain("id=\"retire\"", "id=\"issue\"", "id=\"add-point\"");
            assertThat(other.post("/devices/42/token", Map.of()).statusCode()).isEqualTo(403);
            assertThat(other.post("/devices/42/retire", Map.of("reason", "LOST"))
                            .statusCode())
                    .isEqualTo(403);
        }
        assertThat(backend.browser().as("desk").get("/devices").statusCode()).isEqualTo(403);
    }

    @Test
    void authority_to_pin_is_handed_out_in_both_profiles() {
        BackendIdentity identity = backend.bean(BackendIdentity.class);
        for (MachineProfile profile : MachineProfile.values()) {
            HttpResponse<String> file = admin.get("/devices/authority/" + profile);
            assertThat(Pem.certificates(file.body())).containsExactly(identity.authority(profile));
            assertThat(file.headers().firstValue("Content-Disposition").orElseThrow())
                    .endsWith(profile == MachineProfile.SM2 ? "ca.pem" : "ca-p256.pem");
        }
        assertThat(admin.get("/devices/authority/RSA").statusCode()).isEqualTo(400);
    }

    @Test
    void pages_are_in_english_too() {
        there();
        String page = admin.get(ONE + "?lang=en").body()
                + admin.post(ONE + "/token", Map.of()).body();
        assertThat(page)
                .contains("Never connected", "Issue token", "Retire", "Enrolment address", "shown this once")
                .doesNotContain("??");
        admin.get("/devices?lang=zh-CN");
    }

    private static String token(HttpResponse<String> sheet) {
        Matcher found = TOKEN.matcher(sheet.body());
        assertThat(found.find()).as("a token in the sheet").isTrue();
        return found.group(1);
    }
}
