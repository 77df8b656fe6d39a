package io.zhitong.controller;

import io.zhitong.accessmodel.AccessRecord;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.decision.Policy;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How often credentials with a limited number of uses have come in here (使用次数), kept over restarts for as long as the credential is on
 * the list: the journal forgets plain records after a week, a visitor's card lasts longer. Thread-safe.
 */
final class UseCounts {

    private static final String NAME = "uses.";
    private static final int HEX = 16;

    private final PointMemory memory;
    private final Map<CredentialNumber, Integer> passes = new ConcurrentHashMap<>();

    /** @throws io.zhitong.edge.EdgeException CONFIG when what is remembered cannot be understood */
    UseCounts(PointMemory memory) {
        this.memory = memory;
        memory.all(NAME, Integer::valueOf)
                .forEach((name, count) -> passes.put(
                        new CredentialNumber(Long.parseUnsignedLong(name.substring(NAME.length()), HEX)), count));
    }

    int of(CredentialNumber credential) {
        return passes.getOrDefault(credential, 0);
    }

    /** Somebody may come in: on disk when it returns. */
    void passed(CredentialNumber credential, Policy rules) {
        boolean limited = rules.listed(credential)
                .filter(record -> record.uses() != AccessRecord.UNLIMITED)
                .isPresent();
        if (limited || passes.containsKey(credential)) {
            int count = passes.merge(credential, 1, Integer::sum);
            memory.write(name(credential), Optional.of(Integer.toString(count)));
        }
    }

    /** Forgets whom the lists no longer know; without an access list nobody is forgotten. */
    void listsChanged(DoorPolicy now) {
        if (!now.access().equals(ListVersion.NONE)) {
            passes.keySet().stream()
                    .filter(credential -> now.rules().listed(credential).isEmpty())
                    .forEach(credential -> {
                        passes.remove(credential);
                        memory.write(name(credential), Optional.empty());
                    });
        }
    }

    private static String name(CredentialNumber credential) {
        return NAME + Long.toHexString(credential.value());
    }
}
