package io.zhitong.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A figure and its limit of one run (测量结果). */
record Measured(Figure figure, Rounds rounds, Rounds limit) {
    private static final double MILLI = 1_000;

    /** How many times the limit the figure takes, by the medians. */
    double ratio() {
        return rounds.median() / limit.median();
    }

    /** Head of the table whose rows are {@link #line}, in Markdown. */
    static String head() {
        return "| figure | | median (least to most) | limit | ratio | the limit is |\n|---|---|---|---|---|---|";
    }

    /** One row of the table. */
    String line() {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s (%s to %s) | %s | %.2f | %s |",
                figure.label(),
                figure.zh(),
                time(rounds.median()),
                time(rounds.least()),
                time(rounds.most()),
                time(limit.median()),
                ratio(),
                figure.limit());
    }

    private static String time(double micros) {
        return micros >= MILLI
                ? String.format(Locale.ROOT, "%.2f ms", micros / MILLI)
                : String.format(Locale.ROOT, micros < 10 ? "%.3f µs" : "%.1f µs", micros);
    }

    /** One JSON object, times in microseconds. */
    String json() {
        return String.format(
                Locale.ROOT,
                "{\"figure\":\"%s\",\"medianMicros\":%.4f,\"leastMicros\":%.4f,\"mostMicros\":%.4f,"
                        + "\"limitMedianMicros\":%.4f,\"ratio\":%.3f,\"roundsMicros\":%s,\"limitRoundsMicros\":%s}",
                figure.label(),
                rounds.median(),
                rounds.least(),
                rounds.most(),
                limit.median(),
                ratio(),
                array(rounds.micros()),
                array(limit.micros()));
    }

    private static String array(List<Double> micros) {
        return micros.stream()
                .map(each -> String.format(Locale.ROOT, "%.4f", each))
                .collect(Collectors.joining(",", "[", "]"));
    }
}
