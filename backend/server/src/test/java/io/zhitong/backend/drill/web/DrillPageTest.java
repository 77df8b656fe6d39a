package io.zhitong.backend.drill.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.PointId;
import io.zhitong.backend.drill.Drill;
import io.zhitong.backend.drill.DrillKind;
import io.zhitong.backend.drill.DrillPoint;
import io.zhitong.backend.drill.DrillResult;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.foundation.DatabaseKind;
import io.zhitong.backend.testing.Browser;
import io.zhitong.backend.testing.RunningBackend;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The pages of the drills by plain HTTP, on the demo estate. */
final class DrillPageTest {
    private final RunningBackend backend = RunningBackend.of(DatabaseKind.H2);

    @Test
    void drill_is_started_watched_ended_and_its_evidence_downloaded() {
        Browser property = backend.browser().as("property");
        String list = property.get("/drills").body();
        assertThat(list).contains("消防联动", "尚未通过演练", "1号楼大门").doesNotContain("便利店");
        HttpResponse<String> started = property.post("/drills", Map.of("kind", "HELD", "point", "42:1"));
        String path = started.headers().firstValue("Location").orElseThrow().replaceAll(".*(/drills/)", "$1");
        assertThat(path).matches("/drills/[0-9a-f-]{36}");
        String page = property.get(path).body();
        assertThat(page).contains("门开超时", "进行中", "未见", "every 2s");
        assertThat(property.post(path + "/end", Map.of()).statusCode()).isEqualTo(302);
        String ended = property.get(path).body();
        assertThat(ended).contains("未通过").doesNotContain("every 2s").doesNotContain("id=\"changed\"");
        HttpResponse<String> csv = property.get(path + "/evidence.csv");
        assertThat(csv.headers().firstValue("Content-Disposition").orElse("")).contains("attachment");
        assertThat(csv.body()).contains("HELD,42,1,\"1号楼大门\",HELD_OPEN,MISSING,,,");
        Matcher digest = Pattern.compile("<code>([0-9a-f]{64})</code>").matcher(ended);
        assertThat(digest.find()).isTrue();
        assertThat(csv.body()).endsWith("# SM3 " + digest.group(1) + "\n");
        assertThat(property.get("/drills").body()).contains(path);
    }

    @Test
    void auditor_reads_and_starts_nothing_and_a_wrong_choice_is_told() {
        Browser auditor = backend.browser().as("auditor");
        assertThat(auditor.get("/drills").body()).contains("演练记录").doesNotContain("id=\"kind\"");
        assertThat(auditor.post("/drills", Map.of("kind", "FIRE", "point", "42:1"))
                        .statusCode())
                .isEqualTo(403);
        Browser admin = backend.browser().as("admin");
        admin.get("/drills");
        for (Map<String, String> wrong : List.of(
                Map.of("kind", "FIRE"),
                Map.of("kind", "FLOOD", "point", "42:1"),
                Map.of("kind", "FIRE", "point", "43:1"),
                Map.of("kind", "FIRE", "point", "42:77"))) {
            HttpResponse<String> answer = admin.post("/drills", wrong);
            assertThat(answer.statusCode()).as(wrong.toString()).isEqualTo(422);
            assertThat(answer.body()).contains("请选择演练类型");
        }
        assertThat(admin.get("/drills/" + new UUID(3, 4)).statusCode()).isEqualTo(404);
        assertThat(admin.get("/drills/..").statusCode()).isIn(302, 400, 404);
    }

    @Test
    void cells_of_the_evidence_stay_in_their_fields_and_are_no_formulas() {
        CommunityId community = new CommunityId(1);
        DrillPoint point = new DrillPoint(new DeviceId(42), new PointId(1), "=cmd(\"x\"),1");
        Instant at = Instant.parse("2026-05-01T08:00:00Z");
        Drill drill = new Drill(
                community, new UUID(1, 1), DrillKind.DURESS, List.of(point), "guard", at, 0, Optional.empty());
        DrillResult result = new DrillResult(List.of(new DrillResult.Line(
                point, EventKind.DURESS, Optional.of(new DrillResult.Seen(9, at, at.plusMillis(1_500))))));
        assertThat(new DrillView(backend.bean(Estate.class)).csv(drill, result).split("\n")[1])
                .isEqualTo("00000000-0000-0001-0000-000000000001,DURESS,42,1,\"'=cmd(\"\"x\"\"),1\",DURESS,SEEN,"
                        + "9,2026-05-01T08:00:00Z,2026-05-01T08:00:01.500Z");
    }
}
