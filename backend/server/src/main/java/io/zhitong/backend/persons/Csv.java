package io.zhitong.backend.persons;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Comma-separated values as spreadsheets write them (RFC 4180 表格文件): UTF-8, with a mark at its begin or without, or GB 18030; fields in
 * quotes may hold commas, quotes (doubled) and line ends.
 */
final class Csv {
    /** A line and where it begins in the file, from 1. */
    record Line(int number, List<String> fields) {}

    private static final Charset NATIONAL = Charset.forName("GB18030");
    private static final char MARK = '\uFEFF';

    private final String text;
    private final List<Line> lines = new ArrayList<>();
    private final List<String> fields = new ArrayList<>();
    private final StringBuilder field = new StringBuilder();
    private int at;
    private int line = 1;
    private int begin = 1;

    private Csv(String text) {
        this.text = text;
    }

    /**
     * Blank lines are left out. Refuses FILE_WORDS and FILE_QUOTES.
     *
     * @param most as soon as there are more lines the file is refused as FILE_LONG
     */
    static List<Line> read(byte[] file, int most) {
        return new Csv(decoded(file)).lines(most);
    }

    private static String decoded(byte[] file) {
        for (Charset set : List.of(StandardCharsets.UTF_8, NATIONAL)) {
            try {
                String text = set.newDecoder().decode(ByteBuffer.wrap(file)).toString();
                PersonsRefusedException.unless(text.indexOf('\0') < 0, PersonsRefusal.FILE_WORDS);
                return !text.isEmpty() && text.charAt(0) == MARK ? text.substring(1) : text;
            } catch (CharacterCodingException e) {
                continue;
            }
        }
        throw new PersonsRefusedException(PersonsRefusal.FILE_WORDS);
    }

    private List<Line> lines(int most) {
        while (at < text.length()) {
            PersonsRefusedException.unless(lines.size() <= most, PersonsRefusal.FILE_LONG);
            char next = text.charAt(at++);
            switch (next) {
                case '"' -> quoted();
                case ',' -> endField();
                case '\n' -> endLine();
                case '\r' -> {}
                default -> field.append(next);
            }
        }
        endLine();
        PersonsRefusedException.unless(lines.size() <= most, PersonsRefusal.FILE_LONG);
        return lines;
    }

    private void quoted() {
        PersonsRefusedException.unless(field.toString().isBlank(), PersonsRefusal.FILE_QUOTES);
        field.setLength(0);
        while (true) {
            PersonsRefusedException.unless(at < text.length(), PersonsRefusal.FILE_QUOTES);
            char next = text.charAt(at++);
            if (next != '"') {
                line += next == '\n' ? 1 : 0;
                field.append(next);
            } else if (at < text.length() && text.charAt(at) == '"') {
                field.append(text.charAt(at++));
            } else {
                return;
            }
        }
    }

    private void endField() {
        fields.add(field.toString().strip());
        field.setLength(0);
    }

    private void endLine() {
        endField();
        if (fields.stream().anyMatch(each -> !each.isEmpty())) {
            lines.add(new Line(begin, List.copyOf(fields)));
        }
        fields.clear();
        line++;
        begin = line;
    }
}
