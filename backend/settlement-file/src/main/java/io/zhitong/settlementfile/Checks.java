package io.zhitong.settlementfile;

import java.util.regex.Pattern;

final class Checks {
    private Checks() {}

    static void matches(String field, String value, Pattern pattern) {
        if (!pattern.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    field + ": expected " + pattern.pattern() + ", got " + value.length() + " other characters");
        }
    }

    static void range(String field, long value, long from, long to) {
        if (value < from || value > to) {
            throw new IllegalArgumentException(field + ": expected " + from + " to " + to + ", got " + value);
        }
    }
}
