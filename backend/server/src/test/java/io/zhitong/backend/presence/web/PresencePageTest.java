package io.zhitong.backend.presence.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.backend.foundation.DatabaseKind;
import io.zhitong.backend.testing.Browser;
import io.zhitong.backend.testing.RunningBackend;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

final class PresencePageTest {
    private static final long STRANGER = 0x4403_0199_0000_0077L;

    private final RunningBackend backend = RunningBackend.of(DatabaseKind.H2);
    private final Browser property = backend.browser().as("property");

    @Test
    void an_estate_whose_points_name_no_areas_says_what_to_do() {
        assertThat(property.get("/presence?lang=zh-CN").body()).contains("id=\"presence-head\"", "data-live");
        assertThat(property.get("/presence?lang=en").body()).contains("Roll call");
        assertThat(property.get("/presence/part").body())
                .contains("presence-head")
                .doesNotContain("<html");
    }

    @Test
    void somebody_inside_is_shown_with_place_and_time_and_leaves_by_a_press_of_a_button() {
        JdbcClient jdbc = backend.bean(JdbcClient.class);
        jdbc.sql("insert into presence (community_id, subject, area, since_millis, device_number, point, credential)"
                        + " values (1, ?, 61001, 1777622400000, 42, 1, ?)")
                .params(STRANGER, STRANGER)
                .update();
        String page = property.get("/presence?lang=zh-CN").body();
        assertThat(page).contains("data-area=\"61001\"", "#61001", "4403019900000077", "1号楼大门", "05-01 16:00:00");
        HttpResponse<String> done = property.post(
                "/presence/correct", Map.of("subject", Long.toString(STRANGER), "area", "0", "why", "已到集合点"));
        assertThat(done.body()).contains("已更正");
        assertThat(property.get("/presence").body()).doesNotContain("4403019900000077");
    }

    @Test
    void a_correction_without_reason_of_nobody_or_into_nowhere_is_refused_in_words() {
        assertThat(correct("1", "0", " ").body()).contains("1 到 40");
        assertThat(correct("1", "70000", "x").body()).contains("没有这个区域");
        assertThat(correct("999999999", "0", "x").body()).contains("没有此人的通行记录");
        assertThat(correct("x", "0", "x").statusCode()).isEqualTo(400);
        assertThat(backend.browser().as("desk").get("/presence").statusCode()).isEqualTo(403);
    }

    @Test
    void stream_tells_that_there_is_something_to_fetch() {
        try (Stream<String> lines = property.stream("/presence/stream").body()) {
            assertThat(lines.filter(line -> line.startsWith("event:")).findFirst())
                    .hasValue("event:changed");
        }
    }

    private HttpResponse<String> correct(String subject, String area, String why) {
        property.get("/presence?lang=zh-CN");
        return property.post("/presence/correct", Map.of("subject", subject, "area", area, "why", why));
    }
}
