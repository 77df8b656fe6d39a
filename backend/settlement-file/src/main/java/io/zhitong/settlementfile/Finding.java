package io.zhitong.settlementfile;

import java.util.Objects;

/**
 * One thing that is wrong (发现), and where.
 *
 * @param line 1 for the first line; 0 where the file as a whole, its name or its signature is meant
 * @param field the field's name as in {@code docs/settlement.md}; empty where a whole line is meant
 * @param expected what should stand there; empty where that cannot be known
 * @param found what stands there, cut to 80 characters, unprintable ones as {@code \xNN}; empty for nothing
 */
public record Finding(Problem problem, int line, String field, String expected, String found) {
    private static final int SHOWN = 80;

    public Finding {
        Objects.requireNonNull(problem);
        Objects.requireNonNull(field);
        Objects.requireNonNull(expected);
        found = printable(found);
    }

    /** One line: {@code CHANGED line 5 field amount: expected 1200, found 1800 (内容被改动: the content was changed)}. */
    public String text() {
        StringBuilder s = new StringBuilder(problem.name());
        append(s, line > 0, " line " + line);
        append(s, !field.isEmpty(), " field " + field);
        s.append(':');
        append(s, !expected.isEmpty(), " expected " + expected + ",");
        s.append(" found ").append(found.isEmpty() ? "nothing" : found);
        return s.append(" (")
                .append(problem.chinese())
                .append(": ")
                .append(problem.english())
                .append(')')
                .toString();
    }

    private static void append(StringBuilder s, boolean wanted, String part) {
        if (wanted) {
            s.append(part);
        }
    }

    private static String printable(String raw) {
        StringBuilder s = new StringBuilder();
        for (int i = 0; i < raw.length() && s.length() < SHOWN; i++) {
            char c = raw.charAt(i);
            s.append(c >= ' ' && c <= '~' ? String.valueOf(c) : String.format("\\x%02X", (int) c));
        }
        return s.length() >= SHOWN && raw.length() > SHOWN ? s + "…" : s.toString();
    }
}
