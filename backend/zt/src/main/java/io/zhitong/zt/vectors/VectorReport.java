package io.zhitong.zt.vectors;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What running one vector file showed (检查结果). */
record VectorReport(String file, int cases, Map<String, Integer> passed, List<String> failures) {
    VectorReport {
        passed = Map.copyOf(passed);
        failures = List.copyOf(failures);
    }

    boolean allPassed() {
        return failures.isEmpty();
    }

    /** One line for people. */
    String summary() {
        String kinds = passed.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(e -> e.getKey() + " " + e.getValue())
                .collect(Collectors.joining(", "));
        return file + ": " + (cases - failures.size()) + " of " + cases + " cases passed (" + kinds + ")";
    }
}
