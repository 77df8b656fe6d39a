package io.zhitong.edge;

import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.Hash;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.PointId;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PrivateKey;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/** Journals for tests, with a clock that is set by hand. */
final class Journals {

    static final DeviceAddress DOOR = DeviceAddress.of(1, 42);
    static final PointId POINT = new PointId(1);
    static final Sm2PrivateKey KEY = Sm2PrivateKey.generate(RandomSource.secure());
    static final JournalLimits SMALL = new JournalLimits(64 * 1024, 16 * 1024, Duration.ofDays(7), Duration.ofDays(90));

    private Journals() {}

    /** A clock that stands still until told. */
    static final class HandClock extends Clock {
        private Instant now = Instant.parse("2026-11-21T08:00:00Z");

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    static Journal open(Path folder, JournalLimits limits, Clock clock) {
        return open(folder, limits, new EdgeClock(clock));
    }

    static Journal open(Path folder, JournalLimits limits, EdgeClock clock) {
        return Journal.open(
                folder.resolve("journal.db"),
                DOOR,
                clock,
                limits,
                new TombstoneSigner(message -> Sm2.sign(KEY, message, RandomSource.secure())));
    }

    static Journal open(Path folder) {
        return open(folder, JournalLimits.DEFAULT, Clock.systemUTC());
    }

    static JournalRecord plain(Journal journal, int body) {
        return journal.append(EventKind.ACCESS_GRANTED, POINT, new byte[body]);
    }

    static List<JournalRecord> all(Journal journal) {
        return readFrom(journal, 0);
    }

    private static List<JournalRecord> readFrom(Journal journal, long after) {
        List<JournalRecord> found = new java.util.ArrayList<>();
        List<JournalRecord> next = journal.after(after, 1_000_000);
        while (!next.isEmpty()) {
            found.addAll(next);
            next = journal.after(next.get(next.size() - 1).sequence(), 1_000_000);
        }
        return found;
    }

    /** Every record names the hash of the one before. */
    static boolean chained(List<JournalRecord> records) {
        Hash before = Hash.ZERO;
        long sequence = 0;
        for (JournalRecord record : records) {
            if (record.sequence() != ++sequence || !record.previous().equals(before)) {
                return false;
            }
            before = record.hash();
        }
        return true;
    }
}
