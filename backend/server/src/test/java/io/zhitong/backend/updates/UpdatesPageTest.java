package io.zhitong.backend.updates;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.backend.foundation.DatabaseKind;
import io.zhitong.backend.testing.Browser;
import io.zhitong.backend.testing.RunningBackend;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

final class UpdatesPageTest {
    private static final String NONE = "0".repeat(64);

    private final RunningBackend backend = RunningBackend.of(DatabaseKind.H2);
    private final Browser admin = backend.browser().as("admin");

    @Test
    void page_speaks_both_languages_and_says_what_went_wrong() {
        assertThat(admin.get("/updates?lang=zh-CN").body()).contains("上传升级包", "enctype=\"multipart/form-data\"");
        assertThat(admin.get("/updates?problem=OWN_UPLOAD&lang=en").body())
                .contains("somebody else than the uploader must approve it");
        assertThat(admin.get("/updates?problem=%3Cscript%3E").body()).doesNotContain("<script>alert");
        assertThat(backend.browser().as("desk").get("/updates").statusCode()).isEqualTo(403);
    }

    @Test
    void bundle_uploaded_by_one_waits_for_another_persons_approval() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(file)) {
            for (String name : List.of("bin/controller", "version")) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write("9.8.7.6".getBytes(StandardCharsets.US_ASCII));
            }
        }
        Browser property = backend.browser().as("property");
        property.get("/updates");
        JdbcClient jdbc = backend.bean(JdbcClient.class);
        try {
            assertThat(property.upload("/updates?architecture=ARMV7", "bundle", file.toByteArray())
                            .headers()
                            .firstValue("Location"))
                    .hasValueSatisfying(to -> assertThat(to).endsWith("/updates"));
            assertThat(admin.get("/updates?lang=zh-CN").body())
                    .contains("9.8.7.6 armv7", "data-stage=\"WAITING\"", "批准并下发首批", "上传 property");
            assertThat(property.get("/updates?lang=zh-CN").body()).doesNotContain("批准并下发首批");
            assertThat(property.upload("/updates?architecture=ARMV7", "bundle", file.toByteArray())
                            .headers()
                            .firstValue("Location"))
                    .hasValueSatisfying(to -> assertThat(to).endsWith("problem=KNOWN"));
        } finally {
            jdbc.sql("delete from device_image_part").update();
            jdbc.sql("delete from device_image where version = '9.8.7.6'").update();
        }
    }

    @Test
    void what_is_not_there_or_no_bundle_is_refused() {
        assertThat(admin.post("/updates", Map.of("architecture", "AARCH64")).statusCode())
                .isEqualTo(400);
        assertThat(admin.post("/updates/approve", Map.of("bundle", NONE, "first", "42"))
                        .headers()
                        .firstValue("Location"))
                .hasValueSatisfying(to -> assertThat(to).endsWith("problem=GONE"));
        for (Map<String, String> bad : List.of(
                Map.of("bundle", "x", "first", "42"),
                Map.of("bundle", NONE, "first", "-1"),
                Map.of("bundle", NONE, "first", ""),
                Map.of("bundle", NONE, "minutes", "-1"))) {
            assertThat(admin.post("/updates/approve", bad).statusCode()).isIn(400, 302);
        }
        assertThat(admin.post("/updates/stop", Map.of("bundle", "zz")).statusCode())
                .isEqualTo(400);
    }
}
