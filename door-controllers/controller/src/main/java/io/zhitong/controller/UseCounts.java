package io.zhitong.controller;

import io.zhitong.accessmodel.AccessEvent;
import io.zhitong.accessmodel.AccessRecord;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.decision.Policy;
import io.zhitong.link.JournalSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How often credentials with a limited number of uses have passed (使用次数): counted in memory, and counted again from the
 * journal after a restart. Thread-safe.
 */
final class UseCounts {

    private static final int PAGE_BYTES = 256 * 1024;

    private final Map<CredentialNumber, Integer> passes = new ConcurrentHashMap<>();

    int of(CredentialNumber credential) {
        return passes.getOrDefault(credential, 0);
    }

    /** Counts the grants the journal holds. */
    void recover(JournalSource journal) {
        long last = 0;
        List<JournalRecord> page = journal.after(last, PAGE_BYTES);
        while (!page.isEmpty()) {
            page.stream()
                    .filter(record -> record.kind() == EventKind.ACCESS_GRANTED)
                    .map(record -> AccessEvent.decode(record.body().toByteArray()))
                    .flatMap(event -> event.credential().stream())
                    .forEach(credential -> passes.merge(credential, 1, Integer::sum));
            last = page.get(page.size() - 1).sequence();
            page = journal.after(last, PAGE_BYTES);
        }
    }

    void passed(CredentialNumber credential, Policy rules) {
        boolean limited = rules.listed(credential)
                .filter(record -> record.uses() != AccessRecord.UNLIMITED)
                .isPresent();
        if (limited || passes.containsKey(credential)) {
            passes.merge(credential, 1, Integer::sum);
        }
    }
}
