package io.zhitong.settlementfile;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Text to values, line by line (行解析). */
final class LineForm {
    private LineForm() {}

    /** What is wrong with the line's form; empty if nothing. */
    static Optional<Finding> check(Line line, LineKind kind) {
        String[] fields = line.fields();
        int expected = kind.fields().size();
        if (fields.length != expected) {
            return Optional.of(
                    new Finding(Problem.FORM, line.number(), "", expected + " fields", fields.length + " fields"));
        }
        for (int i = 0; i < expected; i++) {
            LineKind.Spec spec = kind.fields().get(i);
            if (!spec.form().matcher(fields[i]).matches()) {
                String form = spec.form().pattern();
                return Optional.of(new Finding(Problem.FORM, line.number(), spec.name(), form, fields[i]));
            }
        }
        return Optional.empty();
    }

    /** @throws IllegalArgumentException where a field of right form is out of range */
    static PackageHeader header(Line line) {
        String[] f = line.fields();
        PackageName name = new PackageName(
                FileType.valueOf(f[2]), f[3], day(f[5]), Integer.parseInt(f[6]), Integer.parseInt(f[7]));
        return new PackageHeader(name, f[4], Integer.parseInt(f[8]), Long.parseLong(f[9]), f[10]);
    }

    /** @throws IllegalArgumentException where a field of right form is out of range */
    static SettlementRecord record(Line line) {
        String[] f = line.fields();
        return new SettlementRecord(
                f[2],
                Integer.parseInt(f[3]),
                f[4],
                f[5],
                Long.parseLong(f[6]),
                Integer.parseInt(f[7], 16),
                Long.parseLong(f[8]),
                Long.parseLong(f[9]),
                f[10],
                f[11],
                Integer.parseInt(f[12], 16),
                TacState.valueOf(f[13]));
    }

    static int recordNumber(Line line) {
        return Integer.parseInt(line.fields()[LineKind.RECORD.index("number")]);
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("day: expected a date of the calendar as YYYYMMDD", e);
        }
    }
}
