package io.zhitong.backend.parking.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.backend.foundation.DatabaseKind;
import io.zhitong.backend.testing.Browser;
import io.zhitong.backend.testing.RunningBackend;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

final class ParkingPageTest {
    private static final long CAR = 0x4403_0199_0000_0088L;

    private final RunningBackend backend = RunningBackend.of(DatabaseKind.H2);
    private final Browser property = backend.browser().as("property");

    @Test
    void a_car_inside_is_shown_marked_when_it_is_old_and_gone_at_the_press_of_a_button() {
        backend.bean(JdbcClient.class)
                .sql("insert into car_inside (community_id, credential, lot, since_millis, plate, carrier,"
                        + " device_number, point) values (1, ?, 61002, 1577836800000, '粤B88888', 1, 42, 1)")
                .param(CAR)
                .update();
        String page = property.get("/parking?lang=zh-CN").body();
        assertThat(page).contains("data-lot=\"61002\"", "粤B88888", "data-stale=\"true\"", "2020-01-01 08:00", "请核对");
        assertThat(property.get("/parking?lang=en").body()).contains("over 7 days, look", "Parking lots");
        property.get("/parking?lang=zh-CN");
        property.post("/parking/gone", Map.of("credential", "4403019900000088", "why", "值守核对"));
        assertThat(property.get("/parking").body()).doesNotContain("粤B88888");
    }

    @Test
    void what_cannot_be_meant_is_refused_in_words() {
        property.get("/parking?lang=zh-CN");
        assertThat(property.post("/parking/gone", Map.of("credential", "4403019900000099", "why", "x"))
                        .body())
                .contains("没有这辆车在场");
        assertThat(property.post("/parking/gone", Map.of("credential", "x", "why", " "))
                        .body())
                .contains("1 到 40");
        assertThat(property.post("/parking/found", Map.of("plate", "<b>", "lot", "1", "why", "x"))
                        .body())
                .contains("1 到 10 位");
        assertThat(property.post("/parking/found", Map.of("plate", "粤B1", "lot", "1", "why", "x"))
                        .body())
                .contains("没有这个车场");
        assertThat(give("没有这个人", "1", "MONTHLY")).contains("正好一位住户");
        assertThat(give("", "256", "TEMPORARY")).contains("0 到 255");
        assertThat(give("", "1", "MONTHLY")).contains("只用于任何人的车");
        assertThat(give("", "1", "TEMPORARY")).contains("没有这个车场");
        assertThat(backend.browser().as("desk").get("/parking").statusCode()).isEqualTo(403);
    }

    private String give(String who, String number, String kind) {
        Map<String, String> form = new HashMap<>(Map.of("lot", "1", "why", "x", "number", number, "kind", kind));
        form.put("who", who);
        return property.post("/parking/spaces", form).body();
    }
}
