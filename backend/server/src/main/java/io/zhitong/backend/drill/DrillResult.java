package io.zhitong.backend.drill;

import io.zhitong.accessmodel.EventKind;
import io.zhitong.backend.events.StoredEvent;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.Sm3;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the event store shows of a drill (演练结果): for each point and step the first fitting event after the step before it.
 *
 * @param lines by point as chosen, then by step
 */
public record DrillResult(List<Line> lines) {
    /** Alarm to centre, GB 50396: at most 2 s. */
    public static final Duration ALARM_TO_CENTRE = Duration.ofSeconds(2);

    public DrillResult {
        lines = List.copyOf(lines);
    }

    /** How a step came out (步骤结论). */
    public enum Verdict {
        SEEN,
        /** Seen, but an alarm that took longer than {@link #ALARM_TO_CENTRE}. */
        LATE,
        MISSING
    }

    /**
     * When an event happened by the device's estimate of backend time, and when it was received (事件时间).
     *
     * @param position in the event store
     */
    public record Seen(long position, Instant happened, Instant received) {
        /** How long it took; negative where the device's clock is ahead. */
        public Duration took() {
            return Duration.between(happened, received);
        }
    }

    /** One step at one point (一个步骤). */
    public record Line(DrillPoint point, EventKind step, Optional<Seen> seen) {
        public Verdict verdict() {
            if (seen.isEmpty()) {
                return Verdict.MISSING;
            }
            boolean late =
                    step.lane() == EventKind.Lane.ALARM && seen.get().took().compareTo(ALARM_TO_CENTRE) > 0;
            return late ? Verdict.LATE : Verdict.SEEN;
        }

        String text() {
            String at = seen.map(each -> each.position() + " " + each.happened() + " " + each.received())
                    .orElse("-");
            return point.key() + " " + step.code() + " " + verdict() + " " + at;
        }
    }

    /** Reads the events, in any order; those of other points, outside the time, or out of the steps' order are left aside. */
    static DrillResult of(Drill drill, List<StoredEvent> events) {
        List<StoredEvent> ordered = events.stream()
                .filter(event -> within(drill, event))
                .sorted(Comparator.comparingLong(StoredEvent::position))
                .toList();
        List<Line> lines = new ArrayList<>();
        for (DrillPoint point : drill.points()) {
            long after = drill.fromPosition();
            for (EventKind step : drill.kind().steps()) {
                Optional<Seen> seen = first(ordered, point, step, after);
                after = seen.map(Seen::position).orElse(Long.MAX_VALUE);
                lines.add(new Line(point, step, seen));
            }
        }
        return new DrillResult(lines);
    }

    /** An outage's events arrive late and belong to when they happened: a drill shows nothing that was before it. */
    private static boolean within(Drill drill, StoredEvent event) {
        Instant last = drill.startedAt().plus(Drill.LONGEST);
        return event.position() > drill.fromPosition()
                && drill.end().map(end -> event.position() <= end.toPosition()).orElse(true)
                && !event.happened().isBefore(drill.startedAt())
                && !event.received().isAfter(last);
    }

    private static Optional<Seen> first(List<StoredEvent> events, DrillPoint point, EventKind step, long after) {
        return events.stream()
                .filter(event -> event.position() > after)
                .filter(event -> event.record().kind() == step)
                .filter(event -> event.record().device().equals(point.device())
                        && event.record().point().equals(point.point()))
                .findFirst()
                .map(event -> new Seen(event.position(), event.happened(), event.received()));
    }

    public boolean passed() {
        return !lines.isEmpty() && lines.stream().allMatch(line -> line.verdict() == Verdict.SEEN);
    }

    public long count(Verdict verdict) {
        return lines.stream().filter(line -> line.verdict() == verdict).count();
    }

    /** SM3 over the lines, 64 hex digits. */
    public String digest() {
        String text = lines.stream().map(Line::text).collect(Collectors.joining("\n"));
        return Hex.of(Sm3.hash(text.getBytes(StandardCharsets.UTF_8)));
    }
}
