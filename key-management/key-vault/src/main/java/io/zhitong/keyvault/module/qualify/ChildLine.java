package io.zhitong.keyvault.module.qualify;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One line from the process that calls the library (子进程消息): mark, word and fields, separated by tabs. Anything else that a
 * library prints is passed over.
 */
record ChildLine(Word word, List<String> fields) {
    private static final String MARK = "@zhitong-qualify";

    /** What is said. */
    enum Word {
        /** The library is open; field: the device in its own words. */
        READY,
        /** The library cannot be opened; field: why. */
        UNUSABLE,
        /** Field: the check that begins. */
        BEGIN,
        /** Fields: expected, came. */
        DEVIATION,
        /** The check that began is over. */
        END
    }

    ChildLine {
        fields = List.copyOf(fields);
    }

    static ChildLine of(Word word, String... fields) {
        return new ChildLine(word, Arrays.asList(fields));
    }

    String text() {
        StringBuilder line = new StringBuilder(MARK).append('\t').append(word);
        fields.forEach(field -> line.append('\t').append(field.replaceAll("\\p{Cntrl}+", " ")));
        return line.toString();
    }

    static Optional<ChildLine> parse(String text) {
        String[] parts = text.split("\t", -1);
        if (parts.length < 2 || !MARK.equals(parts[0])) {
            return Optional.empty();
        }
        return Arrays.stream(Word.values())
                .filter(word -> word.name().equals(parts[1]))
                .map(word -> new ChildLine(word, List.of(parts).subList(2, parts.length)))
                .findFirst();
    }

    /** A field, empty when the line has fewer. */
    String field(int number) {
        return number < fields.size() ? fields.get(number) : "";
    }
}
