package io.zhitong.settlementfile;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One line as it came (行), one character a byte, without its LF; number from 1. */
record Line(int number, String text) {

    /** All lines; what follows the last LF, if anything, is a line too. */
    static List<Line> split(byte[] file) {
        List<Line> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < file.length; i++) {
            if (file[i] == '\n') {
                lines.add(of(lines.size() + 1, file, start, i));
                start = i + 1;
            }
        }
        if (start < file.length) {
            lines.add(of(lines.size() + 1, file, start, file.length));
        }
        return lines;
    }

    private static Line of(int number, byte[] file, int from, int to) {
        return new Line(number, new String(file, from, to - from, StandardCharsets.ISO_8859_1));
    }

    /** The check value as printed; shorter or stranger where the line is broken. */
    String check() {
        return text.substring(contentLength());
    }

    /** Everything before the check value. */
    String content() {
        return text.substring(0, contentLength());
    }

    boolean fits(String previousCheck) {
        return CheckChain.next(previousCheck, content()).equals(check());
    }

    String[] fields() {
        return text.split("\\|", -1);
    }

    private int contentLength() {
        return Math.max(0, text.length() - CheckChain.LENGTH);
    }
}
