package io.zhitong.controller;

import io.zhitong.accessmodel.PresenceRecord;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Where the backend says that people are (告知的在场): columns sorted by holder, 20 bytes a person. Unchangeable. */
final class ToldPresence {

    static final ToldPresence NOTHING = new ToldPresence(new PresenceRecord[0]);

    private static final long UNSIGNED = 0xFFFF_FFFFL;

    private final long[] holders;
    private final int[] areas;
    private final int[] since;
    private final int[] asOf;

    private ToldPresence(PresenceRecord... sorted) {
        holders = Arrays.stream(sorted).mapToLong(PresenceRecord::holder).toArray();
        areas = Arrays.stream(sorted).mapToInt(PresenceRecord::area).toArray();
        since = Arrays.stream(sorted).mapToInt(each -> (int) each.sinceSecond()).toArray();
        asOf = Arrays.stream(sorted).mapToInt(each -> (int) each.asOfSecond()).toArray();
    }

    static ToldPresence of(Collection<PresenceRecord> records) {
        return new ToldPresence(records.stream()
                .sorted(Comparator.comparingLong(PresenceRecord::holder))
                .toArray(PresenceRecord[]::new));
    }

    int size() {
        return holders.length;
    }

    PresenceRecord at(int index) {
        return new PresenceRecord(holders[index], areas[index], since[index] & UNSIGNED, asOf[index] & UNSIGNED);
    }

    Optional<PresenceRecord> of(long holder) {
        int index = Arrays.binarySearch(holders, holder);
        return index < 0 ? Optional.empty() : Optional.of(at(index));
    }
}
