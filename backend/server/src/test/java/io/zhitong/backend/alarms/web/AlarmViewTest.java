package io.zhitong.backend.alarms.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.PointId;
import io.zhitong.backend.alarms.Alarm;
import io.zhitong.backend.foundation.DatabaseKind;
import io.zhitong.backend.testing.RunningBackend;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Alarms in words. */
final class AlarmViewTest {
    private static final CommunityId ONE = new CommunityId(1);
    private static final Instant T = Instant.parse("2026-05-01T08:00:00Z");

    private final AlarmView view = RunningBackend.of(DatabaseKind.H2).bean(AlarmView.class);

    @Test
    void an_alarm_says_what_where_and_when_in_the_community_s_time() {
        AlarmView.Line line = line(alarm(42, 1, EventKind.FORCED_OPEN, Optional.empty(), Optional.empty()));
        assertThat(List.of(line.what(), line.where(), line.when())).containsExactly("强行开门", "1号楼大门", "05-01 16:00:00");
        assertThat(line.open()).isTrue();
        assertThat(line.ended()).isEmpty();
        assertThat(line.kind()).isEqualTo("FORCED_OPEN");
    }

    @Test
    void an_alarm_of_the_device_itself_names_the_device_and_an_unknown_one_its_number() {
        assertThat(line(alarm(42, 0, EventKind.TAMPER, Optional.empty(), Optional.empty()))
                        .where())
                .isEqualTo("1号楼门禁控制器");
        assertThat(line(alarm(42, 999, EventKind.TAMPER, Optional.empty(), Optional.empty()))
                        .where())
                .isEqualTo("1号楼门禁控制器");
        assertThat(line(alarm(4711, 1, EventKind.TAMPER, Optional.empty(), Optional.empty()))
                        .where())
                .isEqualTo("#4711");
    }

    @Test
    void an_alarm_somebody_saw_to_says_who_when_and_what_and_when_it_was_over() {
        Alarm.Seen seen = new Alarm.Seen(T.plusSeconds(90), "property", "已查看");
        AlarmView.Line line =
                line(alarm(42, 1, EventKind.HELD_OPEN, Optional.of(T.plusSeconds(30)), Optional.of(seen)));
        assertThat(line.open()).isFalse();
        assertThat(List.of(line.who(), line.at(), line.note(), line.ended()))
                .containsExactly("property", "05-01 16:01:30", "已查看", "05-01 16:00:30");
    }

    @Test
    void every_kind_of_alarm_has_words_in_both_languages() {
        List<Alarm> all = Arrays.stream(EventKind.values())
                .filter(kind -> kind.lane() == EventKind.Lane.ALARM)
                .map(kind -> alarm(42, 1, kind, Optional.empty(), Optional.empty()))
                .toList();
        assertThat(view.lines(ONE, all, Locale.SIMPLIFIED_CHINESE))
                .hasSameSizeAs(all)
                .allSatisfy(line -> assertThat(line.what()).containsPattern("\\p{IsHan}"));
        assertThat(view.lines(ONE, all, Locale.ENGLISH))
                .allSatisfy(line -> assertThat(line.what()).isNotBlank().doesNotContainPattern("\\p{IsHan}"));
        assertThat(view.lines(ONE, List.of(), Locale.ENGLISH)).isEmpty();
    }

    @Test
    void a_copy_ahead_of_its_record_is_marked() {
        Alarm copy = new Alarm(
                Alarm.AHEAD, new DeviceId(42), new PointId(1), EventKind.FIRE, T, Optional.empty(), Optional.empty());
        assertThat(line(copy).ahead()).isTrue();
        assertThat(line(copy).position()).isZero();
    }

    private static Alarm alarm(
            long device, int point, EventKind kind, Optional<Instant> ended, Optional<Alarm.Seen> seen) {
        return new Alarm(17, new DeviceId(device), new PointId(point), kind, T, ended, seen);
    }

    private AlarmView.Line line(Alarm alarm) {
        return view.lines(ONE, List.of(alarm), Locale.SIMPLIFIED_CHINESE).get(0);
    }
}
