package io.zhitong.settlementfile;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Finds the one byte that was changed (单字节定位): tries every other byte at every place until the line's check value
 * agrees. The check has 64 bits, so that a wrong hit among some six thousand tries is out of the question.
 */
final class LineRepair {
    private static final byte[] ALPHABET =
            "0123456789|ABCDEFGHIJKLMNOPQRSTUVWXYZ".getBytes(StandardCharsets.ISO_8859_1);
    /** Longer lines are not ours. */
    private static final int LONGEST = 400;

    private LineRepair() {}

    /** What stood there, as a finding; empty where no single byte explains the line. */
    static Optional<Finding> explain(Line line, String previousCheck) {
        if (line.text().length() > LONGEST) {
            return Optional.empty();
        }
        byte[] content = line.content().getBytes(StandardCharsets.ISO_8859_1);
        for (int at = 0; at < content.length; at++) {
            byte found = content[at];
            for (byte candidate : ALPHABET) {
                content[at] = candidate;
                if (candidate != found
                        && CheckChain.next(previousCheck, content).equals(line.check())) {
                    return Optional.of(finding(line, new String(content, StandardCharsets.ISO_8859_1), at));
                }
            }
            content[at] = found;
        }
        return Optional.empty();
    }

    private static Finding finding(Line line, String was, int at) {
        int from = was.lastIndexOf('|', at) + 1;
        int to = was.indexOf('|', at);
        int field = (int) was.chars().limit(at).filter(c -> c == '|').count();
        if (was.charAt(at) == '|') {
            from = at;
            to = at + 1;
        }
        return new Finding(
                Problem.CHANGED,
                line.number(),
                fieldName(was, field),
                was.substring(from, to),
                line.text().substring(from, to));
    }

    private static String fieldName(String was, int field) {
        return LineKind.of(was)
                .filter(kind -> field < kind.fields().size())
                .map(kind -> kind.fields().get(field).name())
                .orElse("");
    }
}
