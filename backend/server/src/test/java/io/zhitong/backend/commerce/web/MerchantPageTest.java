package io.zhitong.backend.commerce.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.backend.foundation.DatabaseKind;
import io.zhitong.backend.testing.Browser;
import io.zhitong.backend.testing.RunningBackend;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class MerchantPageTest {
    private final RunningBackend backend = RunningBackend.of(DatabaseKind.H2);

    @Test
    void merchants_and_their_tills_are_shown_to_finance_and_registered_by_administrators_only() {
        Browser finance = backend.browser().as("finance");
        assertThat(finance.get("/merchants?lang=zh-CN").body())
                .contains("SHOP0001", "社区便利店", "43 社区便利店收款机")
                .doesNotContain("登记商户");
        assertThat(finance.post("/merchants", Map.of("code", "X", "name", "x", "till", "43"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(backend.browser().as("property").get("/merchants").statusCode())
                .isEqualTo(403);
    }

    @Test
    void an_administrator_is_told_what_is_wrong_in_both_languages() {
        Browser admin = backend.browser().as("admin");
        assertThat(admin.get("/merchants?lang=zh-CN").body()).contains("登记商户");
        HttpResponse<String> taken = admin.post("/merchants", Map.of("code", "SHOP9", "name", "早餐店", "till", "43"));
        assertThat(taken.statusCode()).isEqualTo(422);
        assertThat(taken.body()).contains("这台收款机已属于另一商户");
        admin.get("/merchants?lang=en");
        assertThat(admin.post("/merchants", Map.of("code", "shop", "name", "x", "till", "43"))
                        .body())
                .contains("A merchant code is 1 to 16 capital letters and digits.");
        assertThat(admin.post("/merchants/till", Map.of("code", "SHOP0001", "till", "42"))
                        .body())
                .contains("There is no such payment terminal in service.");
        assertThat(admin.post("/merchants", Map.of("code", "SHOP9", "name", "x", "till", "many"))
                        .statusCode())
                .isEqualTo(400);
    }
}
