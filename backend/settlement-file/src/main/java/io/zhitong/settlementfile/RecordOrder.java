package io.zhitong.settlementfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The record numbers met, in the order of the lines (记录序号). */
final class RecordOrder {
    private record Met(int line, int number) {}

    private final List<Met> met = new ArrayList<>();

    void add(int line, int number) {
        met.add(new Met(line, number));
    }

    int size() {
        return met.size();
    }

    boolean isNext(int number) {
        return number == met.size() + 1;
    }

    /**
     * @param count what the header promises; negative if unknown
     * @param endLine number of the line after the last record
     */
    Optional<Finding> problem(int count, int endLine) {
        TreeSet<Integer> numbers = new TreeSet<>();
        for (Met m : met) {
            if (!numbers.add(m.number)) {
                return Optional.of(finding(Problem.DUPLICATE, m.line, "record once", "record " + m.number + " again"));
            }
        }
        int last = Math.max(count, numbers.isEmpty() ? 0 : numbers.last());
        for (int n = 1; n <= last; n++) {
            if (!numbers.contains(n)) {
                return Optional.of(missing(n, endLine));
            }
        }
        return outOfOrder();
    }

    private Finding missing(int number, int endLine) {
        for (Met m : met) {
            if (m.number > number) {
                return finding(Problem.MISSING, m.line, "record " + number, "record " + m.number);
            }
        }
        return finding(Problem.MISSING, endLine, "record " + number, "the end of the records");
    }

    private Optional<Finding> outOfOrder() {
        for (int i = 0; i < met.size(); i++) {
            if (met.get(i).number != i + 1) {
                return Optional.of(finding(
                        Problem.REORDERED, met.get(i).line, String.valueOf(i + 1), String.valueOf(met.get(i).number)));
            }
        }
        return Optional.empty();
    }

    private static Finding finding(Problem problem, int line, String expected, String found) {
        return new Finding(problem, line, "number", expected, found);
    }
}
