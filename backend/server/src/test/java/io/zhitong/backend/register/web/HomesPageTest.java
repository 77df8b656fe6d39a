package io.zhitong.backend.register.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.audit.AuditEntry;
import io.zhitong.backend.audit.AuditLog;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.foundation.DatabaseKind;
import io.zhitong.backend.testing.Browser;
import io.zhitong.backend.testing.RunningBackend;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Homes and residents by HTTP. */
final class HomesPageTest {
    private static final CommunityId ONE = new CommunityId(1);
    private static final String NOBODY = "018f0000-0000-7000-8000-000000000000";

    private final RunningBackend backend = RunningBackend.of(DatabaseKind.H2);
    private final Browser admin = backend.browser().as("admin");

    HomesPageTest() {
        admin.get("/homes?lang=zh-CN");
    }

    private String post(String path, Map<String, String> form) {
        return admin.post("/homes/" + path, form).body();
    }

    @Test
    void a_resident_comes_and_goes_and_both_are_audited_without_touching_the_others_of_that_home() {
        Map<String, String> wu = Map.of("unit", "2号楼302", "name", "吴敏", "initials", "WM", "role", "TENANT");
        assertThat(admin.post("/homes/resident", wu).statusCode()).isEqualTo(302);
        admin.post("/homes/resident", Map.of("unit", "2号楼302", "name", "郑凯", "initials", "zk", "role", "FAMILY"));
        String page = admin.get("/homes?text=wm").body();
        assertThat(page).contains("吴敏", "2号楼302", "租户").doesNotContain("郑凯");
        String person = page.replaceAll("(?s).*data-person=\"([0-9a-f-]{36})\".*", "$1");
        Map<String, String> out = Map.of("person", person, "unit", "2号楼302");
        assertThat(post("out", Map.of("person", person, "unit", "1号楼101"))).contains("没有这位住户");
        assertThat(admin.post("/homes/out", out).statusCode()).isEqualTo(302);
        assertThat(post("out", out)).contains("没有这位住户");
        assertThat(admin.get("/homes?text=2号楼302").body()).contains("郑凯").doesNotContain("吴敏");
        assertThat(backend.bean(AuditLog.class).newest(ONE, OptionalLong.empty(), 30))
                .extracting(AuditEntry::action, AuditEntry::after)
                .contains(
                        org.assertj.core.groups.Tuple.tuple("resident.add", "2号楼302 TENANT"),
                        org.assertj.core.groups.Tuple.tuple("resident.out", ""));
    }

    @Test
    void what_cannot_be_meant_is_refused_in_words_and_nothing_is_written() {
        UUID building = backend.bean(Estate.class).buildings(ONE).get(0).id();
        int units = backend.bean(Estate.class).units(ONE).size();
        assertThat(post("building", Map.of("name", " "))).contains("1 到 40 个字");
        assertThat(post("building", Map.of("name", "1号楼"))).contains("已有这个名称");
        assertThat(post("unit", Map.of("building", NOBODY, "name", "x"))).contains("没有这座楼");
        assertThat(post("unit", Map.of("building", building.toString(), "name", "1号楼101")))
                .contains("已有这个名称");
        assertThat(post("resident", Map.of("unit", "9号楼", "name", "x", "initials", "x", "role", "OWNER")))
                .contains("没有这套房屋");
        assertThat(post("resident", Map.of("unit", "1号楼101", "name", "x", "initials", "x1", "role", "OWNER")))
                .contains("小写字母");
        assertThat(post("resident", Map.of("unit", "1号楼101", "name", "", "initials", "x", "role", "OWNER")))
                .contains("1 到 40 个字");
        assertThat(post("out", Map.of("person", NOBODY, "unit", "1号楼101"))).contains("没有这位住户");
        assertThat(admin.post("/homes/unit", Map.of("building", "x", "name", "y"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(backend.bean(Estate.class).units(ONE)).hasSize(units);
        assertThat(backend.bean(Estate.class).buildings(ONE)).hasSize(2);
        assertThat(admin.get("/homes?lang=en").body())
                .contains("Homes and residents", "Moves out", "Buildings: 2")
                .doesNotContain("??");
        assertThat(backend.browser().as("property").get("/homes").statusCode()).isEqualTo(403);
    }
}
