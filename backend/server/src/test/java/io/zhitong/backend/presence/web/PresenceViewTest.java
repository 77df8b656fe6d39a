package io.zhitong.backend.presence.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.foundation.DatabaseKind;
import io.zhitong.backend.testing.RunningBackend;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The roll call in words, over rows written by hand. */
final class PresenceViewTest {
    private static final CommunityId ELSEWHERE = new CommunityId(990);
    private static final CommunityId ONE = new CommunityId(1);
    private static final long FIRST = 61_101;

    private final RunningBackend backend = RunningBackend.of(DatabaseKind.H2);
    private final JdbcClient jdbc = backend.bean(JdbcClient.class);
    private final PresenceView view = backend.bean(PresenceView.class);

    @AfterEach
    void clear() {
        jdbc.sql("delete from presence where area >= ?").param(FIRST).update();
    }

    @Test
    void a_stranger_is_shown_by_number_with_the_point_that_saw_it_and_when() {
        inside(5, FIRST, "2026-05-01T08:00:00Z", 42, 2, 0x4403_0199_0000_0001L);
        PresenceView.Line line = lines(FIRST).get(0);
        assertThat(line.name()).isEqualTo("4403019900000001");
        assertThat(line.unit()).isEmpty();
        assertThat(line.since()).isEqualTo("05-01 16:00:00");
        assertThat(line.where()).isEqualTo("地下车库门");
    }

    @Test
    void a_point_that_is_gone_is_named_by_its_device_and_a_device_that_is_gone_by_its_number() {
        inside(5, FIRST, "2026-05-01T08:00:00Z", 42, 999, 0x4403_0199_0000_0001L);
        inside(6, FIRST, "2026-05-01T08:00:01Z", 4711, 1, 0x4403_0199_0000_0002L);
        inside(7, FIRST, "2026-05-01T08:00:02Z", 0, 0, 0x4403_0199_0000_0003L);
        assertThat(lines(FIRST))
                .extracting(PresenceView.Line::where)
                .as("the last one was corrected by a person")
                .containsExactly("1号楼门禁控制器", "#4711", "");
    }

    @Test
    void who_came_first_stands_first_and_areas_are_counted_apart() {
        inside(5, FIRST, "2026-05-01T09:00:00Z", 42, 1, 0x4403_0199_0000_0001L);
        inside(6, FIRST, "2026-05-01T08:00:00Z", 42, 1, 0x4403_0199_0000_0002L);
        inside(7, FIRST + 1, "2026-05-01T07:00:00Z", 42, 1, 0x4403_0199_0000_0003L);
        assertThat(lines(FIRST)).extracting(PresenceView.Line::subject).containsExactly(6L, 5L);
        assertThat(lines(FIRST + 1)).hasSize(1);
        PresenceView.AreaLine area = area(FIRST);
        assertThat(area.count()).isEqualTo(2);
        assertThat(area.name()).isEqualTo("#" + FIRST);
        assertThat(area.capacity()).isZero();
        assertThat(area.full()).isFalse();
        assertThat(view.of(ONE).inside()).isGreaterThanOrEqualTo(3);
    }

    @Test
    void a_community_without_areas_or_people_has_an_empty_page() {
        PresenceView.Shown shown = view.of(ELSEWHERE);
        assertThat(shown.areas()).isEmpty();
        assertThat(shown.inside()).isZero();
        assertThat(shown.made()).isNotBlank();
    }

    private void inside(long subject, long area, String since, long device, int point, long credential) {
        jdbc.sql("insert into presence (community_id, subject, area, since_millis, device_number, point, credential)"
                        + " values (1, ?, ?, ?, ?, ?, ?)")
                .params(9_000_000 + subject, area, Instant.parse(since).toEpochMilli(), device, point, credential)
                .update();
    }

    private PresenceView.AreaLine area(long number) {
        return view.of(ONE).areas().stream()
                .filter(each -> each.number() == number)
                .findFirst()
                .orElseThrow();
    }

    private List<PresenceView.Line> lines(long number) {
        return area(number).inside().stream()
                .map(line -> new PresenceView.Line(
                        line.subject() > 9_000_000 ? line.subject() - 9_000_000 : line.subject(),
                        line.name(),
                        line.unit(),
                        line.since(),
                        line.where()))
                .toList();
    }
}
