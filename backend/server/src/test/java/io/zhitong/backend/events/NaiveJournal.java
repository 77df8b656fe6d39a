package io.zhitong.backend.events;

import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.Hash;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.Tombstone;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;

/** The rules of a journal by the book, number by number, with plain maps and sets. */
final class NaiveJournal {
    final TreeMap<Long, JournalRecord> stored = new TreeMap<>();
    final List<Long> order = new ArrayList<>();
    final TreeSet<Long> missing = new TreeSet<>();
    final TreeSet<Long> explained = new TreeSet<>();
    final List<String> conflicts = new ArrayList<>();

    void take(List<JournalRecord> batch) {
        batch.forEach(this::take);
    }

    private void take(JournalRecord record) {
        long newest = newest();
        if (record.sequence() <= newest) {
            old(record);
            return;
        }
        LongStream.range(newest + 1, record.sequence()).forEach(missing::add);
        Hash before = newest == 0 ? Hash.ZERO : stored.get(newest).hash();
        if (record.sequence() == newest + 1 && !record.previous().equals(before)) {
            conflicts.add(record.sequence() + " CHAIN_BROKEN");
        }
        stored.put(record.sequence(), record);
        order.add(record.sequence());
        if (record.kind() == EventKind.RECORDS_LOST) {
            Tombstone lost = Tombstone.decode(record.body().toByteArray());
            missing.stream()
                    .filter(number -> number >= lost.first() && number <= lost.last())
                    .forEach(explained::add);
        }
    }

    private void old(JournalRecord record) {
        JournalRecord there = stored.get(record.sequence());
        if (there == null) {
            conflicts.add(record.sequence() + " IN_A_GAP");
        } else if (!there.equals(record)) {
            conflicts.add(record.sequence() + " OTHER_CONTENT");
        }
    }

    long newest() {
        return stored.isEmpty() ? 0 : stored.lastKey();
    }
}
