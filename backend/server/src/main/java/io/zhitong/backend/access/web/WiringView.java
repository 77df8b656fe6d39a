package io.zhitong.backend.access.web;

import io.zhitong.accessmodel.Coded;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.WireDirection;
import io.zhitong.accessmodel.WiringRecord;
import io.zhitong.backend.estate.PointRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The terminals of one controller as a picture and as a table (接线图). */
record WiringView(List<Terminal> terminals, List<Line> lines, int width) {
    private static final int LEAST = 8;
    private static final int MOST = 32;
    private static final int PITCH = 74;
    private static final int MARGIN = 8;
    private static final int LONGEST = 6;

    /**
     * A terminal in the picture.
     *
     * @param label what it is for, empty = free
     * @param point short name of the point
     */
    record Terminal(int io, boolean output, int x, String label, String point, String mark) {}

    /** A wire in the table. */
    record Line(
            int io,
            int direction,
            String side,
            String function,
            String point,
            boolean supervised,
            boolean inverted,
            int number) {}

    static WiringView of(List<WiringRecord> wires, List<PointRow> points, boolean chinese) {
        int most = Math.min(
                MOST,
                Math.max(LEAST, wires.stream().mapToInt(WiringRecord::io).max().orElse(0)));
        List<Terminal> terminals = new ArrayList<>();
        for (WireDirection direction : WireDirection.values()) {
            IntStream.rangeClosed(1, most)
                    .mapToObj(io -> terminal(io, direction, wires, points, chinese))
                    .forEach(terminals::add);
        }
        List<Line> lines = wires.stream()
                .sorted(Comparator.comparing(WiringRecord::direction).thenComparing(WiringRecord::io))
                .map(wire -> line(wire, points, chinese))
                .toList();
        return new WiringView(terminals, lines, most * PITCH + 2 * MARGIN);
    }

    private static Terminal terminal(
            int io, WireDirection direction, List<WiringRecord> wires, List<PointRow> points, boolean chinese) {
        Optional<WiringRecord> wire = wires.stream()
                .filter(each -> each.io() == io && each.direction() == direction)
                .findFirst();
        return new Terminal(
                io,
                direction == WireDirection.OUTPUT,
                MARGIN + (io - 1) * PITCH,
                wire.map(each -> cut(word(each.function(), chinese), chinese ? LONGEST : 2 * LONGEST))
                        .orElse(""),
                wire.map(each -> cut(name(each.point(), points), LONGEST)).orElse(""),
                wire.map(WiringView::mark).orElse(""));
    }

    /** ⊝ supervised, ⇅ inverted. */
    private static String mark(WiringRecord wire) {
        return (wire.supervised() ? "⊝" : "") + (wire.inverted() ? "⇅" : "");
    }

    private static Line line(WiringRecord wire, List<PointRow> points, boolean chinese) {
        return new Line(
                wire.io(),
                wire.direction().code(),
                word(wire.direction(), chinese),
                word(wire.function(), chinese),
                name(wire.point(), points),
                wire.supervised(),
                wire.inverted(),
                wire.number());
    }

    private static String name(PointId point, List<PointRow> points) {
        return points.stream()
                .filter(row -> row.id().equals(point) && !point.equals(PointId.DEVICE))
                .map(PointRow::name)
                .findFirst()
                .orElse(point.equals(PointId.DEVICE) ? "" : "#" + point.value());
    }

    private static String word(Coded coded, boolean chinese) {
        return chinese ? coded.chinese() : coded.english();
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length - 1) + "…";
    }
}
