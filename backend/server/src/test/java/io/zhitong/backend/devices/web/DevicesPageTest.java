package io.zhitong.backend.devices.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.backend.audit.Actor;
import io.zhitong.backend.devices.DeviceTokens;
import io.zhitong.backend.devices.TestDevice;
import io.zhitong.backend.foundation.DatabaseKind;
import io.zhitong.backend.testing.Browser;
import io.zhitong.backend.testing.Eventually;
import io.zhitong.backend.testing.RunningBackend;
import io.zhitong.machinetls.MachineRole;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DevicesPageTest {
    private static final DeviceAddress TILL = DeviceAddress.of(1, 43);

    private final RunningBackend backend = RunningBackend.of(DatabaseKind.H2);
    private final Browser admin = backend.browser().as("admin");

    @Test
    void page_names_each_device_in_both_languages() {
        assertThat(admin.get("/devices?lang=zh-CN").body())
                .contains("data-device=\"42\"", "1号楼门禁控制器", "id=\"token\"", "更换硬件（吊销原证书）");
        assertThat(admin.get("/devices?lang=en").body()).contains("Other hardware (certificates are revoked)");
        assertThat(backend.browser().as("property").get("/devices").statusCode())
                .isEqualTo(403);
    }

    @Test
    void device_that_lives_is_replaced_only_when_that_is_said() {
        String token = backend.bean(DeviceTokens.class).issue(TILL, new Actor("admin"), Duration.ofMinutes(5));
        try (TestDevice till = TestDevice.enrolled(backend, MachineRole.POS, token, 4301)) {
            Eventually.holds(
                    "connected",
                    () -> till.linked()
                            && admin.get("/devices?lang=zh-CN")
                                    .body()
                                    .contains("data-device=\"43\" data-software=\"test 1\""));
            String refused = asked("43", "REPLACE", "false");
            assertThat(refused).contains("现在在线", "alert-danger").doesNotContain("token-text");
            assertThat(asked("43", "REPLACE", "true")).contains("token-text");
            assertThat(asked("43", "ENROL", "false")).contains("token-text");
            assertThat(till.linked()).isTrue();
        }
    }

    @Test
    void device_of_another_community_is_not_there_and_a_purpose_that_is_none_is_refused() {
        assertThat(asked("4711", "REPLACE", "true")).contains("没有这台设备").doesNotContain("token-text");
        for (Map<String, String> bad : java.util.List.of(
                Map.of("device", "43", "purpose", "STEAL"),
                Map.of("device", "x", "purpose", "REPLACE"),
                Map.of("purpose", "REPLACE"))) {
            assertThat(admin.post("/devices/token", bad).statusCode()).isEqualTo(400);
        }
    }

    private String asked(String device, String purpose, String living) {
        admin.get("/devices?lang=zh-CN");
        return admin.post("/devices/token", Map.of("device", device, "purpose", purpose, "living", living))
                .body();
    }
}
