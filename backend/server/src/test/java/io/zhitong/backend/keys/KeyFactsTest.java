package io.zhitong.backend.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.backend.foundation.DatabaseKind;
import io.zhitong.backend.testing.Browser;
import io.zhitong.backend.testing.Eventually;
import io.zhitong.backend.testing.RunningBackend;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the console and {@code zt keys} get of a running backend with the demo estate. */
final class KeyFactsTest {
    private static final String PSAM = "00004403990000000043";

    private final RunningBackend backend = RunningBackend.of(DatabaseKind.H2);
    private final Browser admin = backend.browser().as("admin");

    @Test
    void rotation_names_every_usage_with_its_versions_and_who_holds_them() {
        Eventually.holds(
                "the demo PSAM is on record",
                () -> usage("DPK").get("versions").get(0).get("sams").asInt() == 1);
        JsonNode dpk = usage("DPK");

        assertThat(dpk.get("chinese").asString()).isEqualTo("消费密钥DPK");
        assertThat(dpk.get("done").asBoolean()).isTrue();
        assertThat(dpk.get("versions").get(0).get("key").asString()).isEqualTo("DPK/1");
        assertThat(dpk.get("versions").get(0).get("stateChinese").asString()).isEqualTo("使用中");
        assertThat(dpk.get("versions").get(0).get("kcv").asString()).matches("CMAC [0-9A-F]{6}");
    }

    @Test
    void lost_psam_is_answered_with_its_master_and_what_is_unknown_or_wrong_is_refused() {
        Eventually.holds("the demo PSAM is on record", () -> get("sam=" + PSAM).statusCode() == 200);
        JsonNode answer = JsonMapper.shared().readTree(get("sam=" + PSAM).body());

        assertThat(answer.get("keys").get(0).asString()).isEqualTo("DPK/1:4403ff0000000000");
        assertThat(answer.get("reachChinese").asString()).contains("轮换");
        assertThat(get("device=43").body()).contains("DPK/1");
        assertThat(get("key=DTK/1").statusCode()).isEqualTo(200);
        assertThat(get("sam=00004403990000009999").statusCode()).isEqualTo(404);
        assertThat(get("card=4403000199999999").statusCode()).isEqualTo(404);
        for (String bad : new String[] {"", "key=NOKEY/1", "key=DTK", "card=x", "device=-1"}) {
            assertThat(get(bad).statusCode()).as(bad).isEqualTo(400);
        }
        assertThat(backend.browser().as("desk").get("/keys/rotation.json").statusCode())
                .isEqualTo(403);
    }

    private HttpResponse<String> get(String query) {
        return admin.get("/keys/blast.json?" + query);
    }

    private JsonNode usage(String name) {
        for (JsonNode usage :
                JsonMapper.shared().readTree(admin.get("/keys/rotation.json").body())) {
            if (usage.get("usage").asString().equals(name)) {
                return usage;
            }
        }
        throw new AssertionError("no " + name);
    }
}
