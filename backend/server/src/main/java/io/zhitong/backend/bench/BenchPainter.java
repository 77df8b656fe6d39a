package io.zhitong.backend.bench;

import io.zhitong.backend.bench.BenchPicture.Kind;
import io.zhitong.backend.bench.BenchPicture.Place;
import io.zhitong.backend.bench.WorldState.Pulse;
import io.zhitong.backend.estate.PointRow;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Joins the readers of the card world with the points of the estate (演示台绘制). The demo estate's readers are called after what
 * they stand at: {@code desk}, {@code door-N} at point N of a controller, {@code pos-N} at point N of a till, {@code sam-…}.
 */
final class BenchPainter {

    private static final Pattern NUMBERED = Pattern.compile("(door|pos)-(\\d{1,5})");

    private static final DateTimeFormatter WALL_CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final List<PointRow> doors;
    private final List<PointRow> tills;
    private final ZoneId zone;
    private final Verdicts.Board verdicts;

    BenchPainter(List<PointRow> doors, List<PointRow> tills, ZoneId zone, Verdicts.Board verdicts) {
        this.doors = doors;
        this.tills = tills;
        this.zone = zone;
        this.verdicts = verdicts;
    }

    BenchPicture paint(WorldState world, long nowMillis) {
        List<Place> places = world.readers().stream()
                .map(reader -> place(reader, world, nowMillis))
                .sorted(Comparator.comparing(Place::kind))
                .toList();
        return new BenchPicture(
                places,
                world.cards().stream().filter(card -> card.reader().isEmpty()).toList());
    }

    private Place place(String reader, WorldState world, long nowMillis) {
        Optional<PointRow> point = point(reader);
        Optional<Pulse> pulse = point.flatMap(row -> world.lastPulse(row.device(), row.id()));
        return new Place(
                reader,
                kind(reader),
                point.map(PointRow::name).orElse(reader),
                world.cardOn(reader),
                pulse.filter(p -> p.runs(nowMillis)).isPresent(),
                pulse.map(p ->
                        WALL_CLOCK.format(Instant.ofEpochMilli(p.atMillis()).atZone(zone))),
                point.flatMap(verdicts::of),
                world.wordsOn(reader, nowMillis));
    }

    private Optional<PointRow> point(String reader) {
        Matcher numbered = NUMBERED.matcher(reader);
        if (!numbered.matches()) {
            return Optional.empty();
        }
        int number = Integer.parseInt(numbered.group(2));
        return (numbered.group(1).equals("door") ? doors : tills)
                .stream().filter(row -> row.id().value() == number).findFirst();
    }

    private static Kind kind(String reader) {
        if (reader.startsWith("door-")) {
            return Kind.DOOR;
        }
        if (reader.startsWith("pos-")) {
            return Kind.TILL;
        }
        return reader.startsWith("sam-") ? Kind.SAM : Kind.DESK;
    }
}
