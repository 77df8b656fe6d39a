package io.zhitong.backend.alarms.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.backend.alarms.Alarm;
import io.zhitong.backend.alarms.Alarms;
import io.zhitong.backend.events.EventStore;
import io.zhitong.backend.events.TestJournal;
import io.zhitong.backend.foundation.DatabaseKind;
import io.zhitong.backend.testing.Browser;
import io.zhitong.backend.testing.Eventually;
import io.zhitong.backend.testing.RunningBackend;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** From the store to the page, the wall and back by a press of a button. */
final class AlarmPageTest {
    private static final CommunityId ONE = new CommunityId(1);

    private final RunningBackend backend = RunningBackend.of(DatabaseKind.H2);
    private final Browser property = backend.browser().as("property");
    private final TestJournal journal = new TestJournal(1, 42, new SecureRandom().nextLong() & Long.MAX_VALUE);

    @Test
    void an_alarm_is_on_page_wall_and_home_page_until_it_is_acknowledged_with_a_note() {
        long position = raised(EventKind.FORCED_OPEN);
        String page = property.get("/alarms?lang=zh-CN").body();
        assertThat(page).contains("data-position=\"" + position + "\"", "强行开门", "1号楼大门", "未报结束");
        assertThat(property.get("/alarms/strip").body())
                .contains("强行开门", "href=\"/alarms\"")
                .doesNotContain("<main");
        assertThat(property.get("/wall").body()).contains("data-part=\"/alarms/strip\"");
        assertThat(property.get("/").body()).contains("未确认的报警");
        Map<String, String> form = Map.of("position", Long.toString(position), "note", "<b>误报</b>");
        assertThat(property.post("/alarms/acknowledge", form).body()).contains("已确认");
        assertThat(property.post("/alarms/acknowledge", form).body()).contains("已有人确认");
        assertThat(property.get("/alarms").body()).doesNotContain("data-position=\"" + position + "\"");
        assertThat(property.get("/alarms?show=all").body())
                .contains("data-position=\"" + position + "\"", "&lt;b&gt;误报")
                .doesNotContain("<b>误报");
        assertThat(property.get("/alarms/part?show=all&lang=en").body()).contains("forced open", "property");
    }

    @Test
    void stream_tells_of_a_new_alarm_within_two_seconds() {
        try (Stream<String> lines = property.stream("/alarms/stream").body()) {
            Iterator<String> told = lines.iterator();
            next(told, "event:changed");
            long start = System.nanoTime();
            raised(EventKind.HELD_OPEN);
            next(told, "event:changed");
            assertThat(System.nanoTime() - start).isLessThan(2_000_000_000L);
        }
    }

    @Test
    void whoever_has_no_part_in_it_is_refused_and_nonsense_is_a_bad_request() {
        assertThat(backend.browser().as("finance").get("/alarms").statusCode()).isEqualTo(403);
        assertThat(property.get("/alarms?before=x").statusCode()).isEqualTo(400);
        property.get("/alarms?lang=zh-CN");
        assertThat(property.post("/alarms/acknowledge", Map.of("position", "-5"))
                        .body())
                .contains("没有这条报警");
    }

    private static void next(Iterator<String> told, String line) {
        String heard = told.next();
        while (!heard.equals(line)) {
            heard = told.next();
        }
    }

    private long raised(EventKind kind) {
        Alarms alarms = backend.bean(Alarms.class);
        long before = newest(alarms);
        journal.write(kind, 1, new byte[0], Instant.now(), ClockQuality.SYNCHRONISED);
        backend.bean(EventStore.class).append(ONE, journal.device(), journal.id(), journal.records());
        Eventually.holds("the alarm is read", () -> newest(alarms) > before);
        return newest(alarms);
    }

    private static long newest(Alarms alarms) {
        return alarms.before(ONE, false, Long.MAX_VALUE, 1).stream()
                .mapToLong(Alarm::position)
                .findFirst()
                .orElse(0);
    }
}
