package io.zhitong.edge;

import io.zhitong.accessmodel.JournalRecord;
import java.nio.file.Path;

/** A process that journals until it is killed, and says each sequence after its append returned. */
final class KilledWriter {

    private KilledWriter() {}

    public static void main(String[] args) {
        Journal journal = Journals.open(Path.of(args[0]));
        while (true) {
            JournalRecord record = Journals.plain(journal, 50);
            System.out.println(record.sequence() + " " + record.hash());
        }
    }
}
