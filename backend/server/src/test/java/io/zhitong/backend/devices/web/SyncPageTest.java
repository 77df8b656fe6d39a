package io.zhitong.backend.devices.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.backend.foundation.DatabaseKind;
import io.zhitong.backend.testing.Browser;
import io.zhitong.backend.testing.RunningBackend;
import java.net.http.HttpResponse;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class SyncPageTest {
    private final RunningBackend backend = RunningBackend.of(DatabaseKind.H2);
    private final Browser admin = backend.browser().as("admin");

    @Test
    void page_counts_the_devices_in_step_and_shows_each_with_its_lists() {
        String page = admin.get("/sync?lang=zh-CN").body();
        assertThat(page)
                .contains("id=\"sync-head\"", "台一致，策略版本")
                .contains("data-device=\"42\"", "1号楼门禁控制器")
                .contains("data-live=\"/sync/stream\"");
        assertThat(admin.get("/sync?lang=en").body()).contains("in step at policy version", "access list");
    }

    @Test
    void part_that_is_fetched_anew_is_the_part_and_no_page() {
        String part = admin.get("/sync/part").body();
        assertThat(part).contains("id=\"sync-head\"").doesNotContain("<html", "shell-menu");
    }

    @Test
    void stream_tells_at_once_that_there_is_something_to_fetch() {
        HttpResponse<Stream<String>> answer = admin.stream("/sync/stream");
        assertThat(answer.statusCode()).isEqualTo(200);
        try (Stream<String> lines = answer.body()) {
            assertThat(lines.filter(line -> line.startsWith("event:")).findFirst())
                    .hasValue("event:changed");
        }
    }

    @Test
    void home_page_says_how_many_are_in_step() {
        assertThat(admin.get("/?lang=zh-CN").body()).contains("名单一致的设备", "href=\"/sync\"");
    }
}
