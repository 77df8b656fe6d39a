package io.zhitong.edge;

import io.zhitong.accessmodel.EventKind;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A process that journals until a record cannot be written; then it says so and waits for a byte on standard input before
 * it tries once more. {@code q} ends it cleanly.
 */
final class SqueezedWriter {

    private SqueezedWriter() {}

    public static void main(String[] args) throws IOException {
        try (Journal journal = Journals.open(Path.of(args[0]))) {
            int asked = ' ';
            while (asked != 'q' && asked >= 0) {
                boolean written = journal.appendOrCount(EventKind.ACCESS_GRANTED, Journals.POINT, new byte[2_000])
                        .map(record -> say("stored " + record.sequence() + " " + record.hash()))
                        .orElseGet(() -> say(
                                "lost, readable up to " + Journals.all(journal).size()));
                if (!written) {
                    asked = System.in.read();
                }
            }
        }
    }

    private static boolean say(String line) {
        System.out.println(line);
        return line.startsWith("stored");
    }
}
