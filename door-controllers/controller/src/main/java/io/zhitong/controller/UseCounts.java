package io.zhitong.controller;

import io.zhitong.accessmodel.AccessRecord;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.decision.Policy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How often credentials with a limited number of uses have passed (使用次数). Thread-safe. */
final class UseCounts {

    private final Map<CredentialNumber, Integer> passes = new ConcurrentHashMap<>();

    int of(CredentialNumber credential) {
        return passes.getOrDefault(credential, 0);
    }

    void passed(CredentialNumber credential, Policy rules) {
        boolean limited = rules.record(credential)
                .filter(record -> record.uses() != AccessRecord.UNLIMITED)
                .isPresent();
        if (limited) {
            passes.merge(credential, 1, Integer::sum);
        }
    }
}
