package io.zhitong.bench;

import java.util.Arrays;
import java.util.List;

/** Microseconds an operation took in each measured round (各轮耗时); at least one round. */
record Rounds(List<Double> micros) {
    Rounds {
        if (micros.isEmpty() || micros.stream().anyMatch(each -> !(each > 0))) {
            throw new IllegalArgumentException("expected positive times of at least one round");
        }
        micros = List.copyOf(micros);
    }

    double median() {
        double[] sorted = micros.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    double least() {
        return micros.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    double most() {
        return micros.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }
}
