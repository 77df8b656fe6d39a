package io.zhitong.backend.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointKind;
import io.zhitong.backend.bench.BenchPicture.Kind;
import io.zhitong.backend.bench.BenchPicture.Place;
import io.zhitong.backend.bench.WorldState.Pulse;
import io.zhitong.backend.bench.WorldState.WorldCard;
import io.zhitong.backend.estate.PointRow;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class BenchPainterTest {

    /** 2026-11-21 20:00:00 in Shanghai. */
    private static final long AT = 1_795_262_400_000L;

    private static final WorldState WORLD = new WorldState(
            List.of("sam-pos", "pos-1", "door-2", "door-1", "desk", "door-9"),
            List.of(
                    new WorldCard("a", "community", Optional.of("door-1")),
                    new WorldCard("b", "community", Optional.empty())),
            List.of(pulse(1, AT - 60_000), pulse(1, AT), pulse(2, AT - 60_000)),
            List.of(
                    words("door-1", "PASS", "请通行", AT - 2_000),
                    words("door-2", "STOP", "此卡未授权", AT - 1_000),
                    words("door-1", "STOP", "卡已挂失，请到物业服务台", AT - 1_000)));

    private final BenchPainter painter = new BenchPainter(
            List.of(point(42, 1, "1号楼大门"), point(42, 2, "地下车库门")),
            List.of(point(43, 1, "社区便利店")),
            ZoneId.of("Asia/Shanghai"),
            Verdicts.Board.EMPTY);

    @Test
    void readers_carry_the_names_of_their_points_desk_first_and_modules_last() {
        List<String> labels =
                painter.paint(WORLD, AT).places().stream().map(Place::label).toList();
        assertEquals(List.of("desk", "地下车库门", "1号楼大门", "door-9", "社区便利店", "sam-pos"), labels);
        assertEquals(1, painter.paint(WORLD, AT).of(Kind.SAM).size());
    }

    @Test
    void door_is_open_exactly_while_its_last_pulse_runs() {
        assertEquals(List.of("door-1"), openAt(AT));
        assertEquals(List.of("door-1"), openAt(AT + 2_999));
        assertEquals(List.of(), openAt(AT + 3_000));
    }

    @Test
    void last_opening_is_told_in_the_community_s_time() {
        Place gate = place("door-1", AT);
        assertEquals(Optional.of("20:00:00"), gate.lastOpened());
        assertEquals(Optional.empty(), place("door-9", AT).lastOpened());
    }

    @Test
    void display_shows_the_newest_words_of_its_own_reader_until_it_goes_dark() {
        assertEquals(Optional.of("卡已挂失，请到物业服务台"), place("door-1", AT).words().map(WorldState.Words::text));
        assertEquals(Optional.of("STOP"), place("door-2", AT).words().map(WorldState.Words::signal));
        assertEquals(Optional.empty(), place("door-9", AT).words());
        assertEquals(Optional.empty(), place("door-1", AT + 7_000).words());
        assertNotEquals(
                painter.paint(WORLD, AT + 6_999).version(),
                painter.paint(WORLD, AT + 7_000).version());
    }

    @Test
    void only_empty_readers_take_a_card_and_never_a_module_slot() {
        List<String> free =
                painter.paint(WORLD, AT).free().stream().map(Place::reader).toList();
        assertEquals(List.of("desk", "door-2", "door-9", "pos-1"), free);
        assertEquals(1, painter.paint(WORLD, AT).loose().size());
    }

    @Test
    void version_changes_when_the_door_closes_and_not_before() {
        assertEquals(
                painter.paint(WORLD, AT).version(),
                painter.paint(WORLD, AT + 1_000).version());
        assertNotEquals(
                painter.paint(WORLD, AT).version(),
                painter.paint(WORLD, AT + 3_000).version());
    }

    private List<String> openAt(long now) {
        return painter.paint(WORLD, now).places().stream()
                .filter(Place::open)
                .map(Place::reader)
                .toList();
    }

    private Place place(String reader, long now) {
        return painter.paint(WORLD, now).places().stream()
                .filter(place -> place.reader().equals(reader))
                .findFirst()
                .orElseThrow();
    }

    private static WorldState.Words words(String reader, String signal, String text, long at) {
        return new WorldState.Words(reader, signal, text, at);
    }

    private static Pulse pulse(int point, long at) {
        return new Pulse(new DeviceId(42), new PointId(point), 3_000, at);
    }

    private static PointRow point(long device, int number, String name) {
        return new PointRow(
                new CommunityId(1),
                new DeviceId(device),
                new PointId(number),
                PointKind.DOOR,
                AccessMethod.SEALED,
                name);
    }
}
