package io.zhitong.backend.access;

import io.zhitong.accessmodel.DeviceId;
import io.zhitong.backend.estate.PointRow;
import java.util.BitSet;
import java.util.List;

/**
 * What a draft would change for whom (试算结果): people who gain and lose alike are one line for each point.
 *
 * @param lines points in order, at each point the largest class first
 * @param days that were asked
 * @param asked how often the decision engine was asked
 * @param settings points whose configuration differs, beside what it means for whoever comes alone
 * @param devices whose lists would change
 */
public record WhatIf(
        List<Line> lines,
        List<WhatIfDay> days,
        long asked,
        List<PolicyContent.Difference> settings,
        List<DeviceId> devices) {
    public WhatIf {
        lines = List.copyOf(lines);
        days = List.copyOf(days);
        settings = List.copyOf(settings);
        devices = List.copyOf(devices);
    }

    /**
     * What becomes different at one point for those whose records are alike.
     *
     * @param gained hours in which they pass only with the draft
     * @param lost hours in which they pass only without it
     * @param floors what becomes different of a lift's floors
     */
    public record Line(
            PointRow point, List<IssuedCredential> who, List<Hours> gained, List<Hours> lost, FloorChange floors) {
        public Line {
            who = List.copyOf(who);
            gained = List.copyOf(gained);
            lost = List.copyOf(lost);
        }
    }

    /**
     * Part of a day.
     *
     * @param from minute of the day, included
     * @param to excluded
     */
    public record Hours(WhatIfDay day, int from, int to) {}

    /** Floors of a lift that come and go, as {@code front} and {@code rear} indexes. */
    public record FloorChange(List<Integer> gained, List<Integer> lost) {
        static final FloorChange NONE = new FloorChange(List.of(), List.of());
        /** Rear doors are counted from here. */
        public static final int REAR = 256;

        public FloorChange {
            gained = List.copyOf(gained);
            lost = List.copyOf(lost);
        }

        static FloorChange between(BitSet before, BitSet after) {
            BitSet gained = (BitSet) after.clone();
            gained.andNot(before);
            BitSet lost = (BitSet) before.clone();
            lost.andNot(after);
            return new FloorChange(
                    gained.stream().boxed().toList(), lost.stream().boxed().toList());
        }

        boolean none() {
            return gained.isEmpty() && lost.isEmpty();
        }
    }

    /** How many credentials gain something. */
    public long gainers() {
        return lines.stream()
                .filter(line ->
                        !line.gained().isEmpty() || !line.floors().gained().isEmpty())
                .flatMap(line -> line.who().stream())
                .distinct()
                .count();
    }

    /** How many credentials lose something. */
    public long losers() {
        return lines.stream()
                .filter(line -> !line.lost().isEmpty() || !line.floors().lost().isEmpty())
                .flatMap(line -> line.who().stream())
                .distinct()
                .count();
    }
}
