package io.zhitong.settlementfile;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The three kinds of line (行类型) and their fields in order; published in {@code docs/settlement.md}. */
enum LineKind {
    HEADER(
            'H',
            spec("tag", "H"),
            spec("format", "1"),
            spec("type", "[A-Z]{2}"),
            spec("sender", "[A-Z0-9]{1,16}"),
            spec("receiver", "[A-Z0-9]{1,16}"),
            spec("day", "[0-9]{8}"),
            spec("sequence", "[0-9]{4}"),
            spec("version", "[0-9]{2}"),
            spec("count", "0|[1-9][0-9]{0,5}"),
            spec("amount", "0|[1-9][0-9]{0,15}"),
            spec("key id", "[0-9A-F]{16}"),
            check()),
    RECORD(
            'R',
            spec("tag", "R"),
            spec("number", "[1-9][0-9]{0,5}"),
            spec("card serial", "[0-9A-F]{20}"),
            spec("card counter", "0|[1-9][0-9]{0,4}"),
            spec("terminal", "[0-9A-F]{12}"),
            spec("psam", "[0-9A-F]{20}"),
            spec("terminal sequence", "0|[1-9][0-9]{0,9}"),
            spec("type", "[0-9A-F]{2}"),
            spec("amount", "[1-9][0-9]{0,9}"),
            spec("balance", "0|[1-9][0-9]{0,9}"),
            spec("time", "[0-9A-F]{14}"),
            spec("TAC", "[0-9A-F]{8}"),
            spec("key version", "[0-9A-F]{2}"),
            spec("TAC state", "[VU]"),
            check()),
    TRAILER(
            'T',
            spec("tag", "T"),
            spec("count", "0|[1-9][0-9]{0,5}"),
            spec("amount", "0|[1-9][0-9]{0,15}"),
            spec("SM3", "[0-9A-F]{64}"),
            check());

    /** One field: its name in messages and its form. */
    record Spec(String name, Pattern form) {}

    private final char tag;
    private final List<Spec> fields;

    LineKind(char tag, Spec... fields) {
        this.tag = tag;
        this.fields = List.of(fields);
    }

    List<Spec> fields() {
        return fields;
    }

    String tag() {
        return String.valueOf(tag);
    }

    int index(String field) {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).name().equals(field)) {
                return i;
            }
        }
        throw new IllegalArgumentException("no field " + field + " in " + this);
    }

    static Optional<LineKind> of(String line) {
        for (LineKind kind : values()) {
            if (!line.isEmpty() && line.charAt(0) == kind.tag) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    private static Spec spec(String name, String form) {
        return new Spec(name, Pattern.compile(form));
    }

    private static Spec check() {
        return spec("check", "[0-9A-F]{16}");
    }
}
