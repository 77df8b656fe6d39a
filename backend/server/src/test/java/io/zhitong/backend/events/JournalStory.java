package io.zhitong.backend.events;

import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.Hash;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.Tombstone;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What a journal may send in its life, drawn at random: in order, again, with holes, forged, torn, with statements of loss. */
final class JournalStory {
    private static final int LENGTH = 60;

    private final Random random;
    private final TestJournal honest;
    private final List<JournalRecord> truth;
    private long sent;

    JournalStory(Random random, TestJournal journal) {
        this.random = random;
        this.honest = journal;
        for (int i = 0; i < LENGTH; i++) {
            if (i > 3 && random.nextInt(5) == 0) {
                statement(i);
            } else {
                honest.write(EventKind.POINT_OPENED, 1 + random.nextInt(3), new byte[random.nextInt(4)]);
            }
        }
        truth = honest.records();
    }

    private void statement(int at) {
        long first = 1 + random.nextInt(at);
        long last = first + random.nextInt((int) (at - first + 1));
        honest.write(
                EventKind.RECORDS_LOST,
                0,
                new Tombstone(Tombstone.Cause.JOURNAL_FULL, first, last, 1, Hash.ZERO, Octets.zeros(64)).encode());
    }

    /** The next batch, ascending. */
    List<JournalRecord> next() {
        long from = switch (random.nextInt(6)) {
            case 0 -> Math.max(0, sent - random.nextInt(8));
            case 1 -> Math.min(LENGTH - 1, sent + random.nextInt(6));
            default -> sent;
        };
        long to = Math.min(LENGTH, from + 1 + random.nextInt(6));
        List<JournalRecord> batch = new ArrayList<>(truth.subList((int) Math.min(from, LENGTH - 1), (int) to));
        if (random.nextInt(8) == 0) {
            int i = random.nextInt(batch.size());
            batch.set(i, changed(batch.get(i)));
        }
        if (batch.size() > 2 && random.nextInt(8) == 0) {
            batch.remove(random.nextInt(batch.size()));
        }
        if (random.nextInt(10) == 0) {
            batch.add(batch.get(batch.size() - 1));
        }
        sent = Math.max(sent, to);
        return batch;
    }

    boolean over() {
        return sent >= LENGTH;
    }

    /** The same identity with another content, or the same content torn from its predecessor. */
    private JournalRecord changed(JournalRecord of) {
        boolean torn = random.nextBoolean();
        return new JournalRecord(
                of.community(),
                of.device(),
                of.journal(),
                of.sequence(),
                torn
                        ? Hash.of(new byte[] {
                            1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
                            1
                        })
                        : of.previous(),
                torn ? of.boot() : of.boot() + 1,
                of.deviceMillis(),
                of.offsetMillis(),
                of.quality(),
                of.kindCode(),
                of.point(),
                of.body());
    }
}
