package io.zhitong.decision;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** Counts by number (按编号计数): fire zones that burn, points that stand open, persons in an area. Unchangeable, without boxes. */
public final class Tally {

    public static final Tally NONE = of(Map.of());

    private final int[] numbers;
    private final long[] counts;

    private Tally(int[] numbers, long[] counts) {
        this.numbers = numbers;
        this.counts = counts;
    }

    public static Tally of(Map<Integer, Long> counts) {
        int[] numbers =
                counts.keySet().stream().mapToInt(Integer::intValue).sorted().toArray();
        return new Tally(numbers, Arrays.stream(numbers).mapToLong(counts::get).toArray());
    }

    /** Each of them once. */
    public static Tally of(Collection<Integer> numbers) {
        return of(numbers.stream().distinct().collect(Collectors.toMap(number -> number, number -> 1L)));
    }

    /** 0 for a number that was not counted. */
    public long at(int number) {
        int index = Arrays.binarySearch(numbers, number);
        return index < 0 ? 0 : counts[index];
    }

    public boolean has(int number) {
        return at(number) > 0;
    }

    int size() {
        return numbers.length;
    }

    int number(int index) {
        return numbers[index];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tally that
                && Arrays.equals(numbers, that.numbers)
                && Arrays.equals(counts, that.counts);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(numbers) + Arrays.hashCode(counts);
    }

    @Override
    public String toString() {
        return Arrays.stream(numbers)
                .mapToObj(number -> Map.entry(number, at(number)))
                .map(Object::toString)
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
