package io.zhitong.backend.persons;

import java.util.List;

/**
 * What an import did, line by line (导入报告).
 *
 * @param trial nothing was kept
 * @param absent how many of this source are here and not in the file; they stay as they are
 */
public record ImportReport(boolean trial, List<Line> lines, int absent) {
    public ImportReport {
        lines = List.copyOf(lines);
    }

    /** What became of a line (处理结果); words are messages {@code persons.import.NAME}. */
    public enum Outcome {
        ADDED,
        CHANGED,
        SAME,
        /** Ended by hand since: what is known here is newer than the file. */
        LEFT,
        REFUSED
    }

    /**
     * One line.
     *
     * @param number in the file
     * @param id how the other system names the person
     */
    public record Line(int number, String id, String name, Outcome outcome, List<ImportWord> words) {
        public Line {
            words = List.copyOf(words);
        }
    }

    public long count(Outcome outcome) {
        return lines.stream().filter(line -> line.outcome() == outcome).count();
    }

    String text() {
        StringBuilder out = new StringBuilder();
        for (Outcome outcome : Outcome.values()) {
            out.append(outcome).append(' ').append(count(outcome)).append(' ');
        }
        return out.toString().strip();
    }
}
