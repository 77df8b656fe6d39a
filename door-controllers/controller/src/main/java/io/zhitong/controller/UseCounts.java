package io.zhitong.controller;

import io.zhitong.accessmodel.AccessRecord;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.UseRecord;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.decision.Policy;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How often credentials with a limited number of uses have come in (使用次数): here, kept over restarts for as long as the credential is on
 * the list (the journal forgets plain records after a week, a visitor's card lasts longer); and elsewhere, as far as the backend has told.
 * Each device counts for itself only, and of two counts for one device the higher holds: in whatever order events and lists come,
 * nothing counts twice. Thread-safe.
 */
final class UseCounts {

    private static final String NAME = "uses.";
    private static final int HEX = 16;

    private final PointMemory memory;
    private final Map<CredentialNumber, Integer> passes = new ConcurrentHashMap<>();
    private volatile Map<CredentialNumber, Told> told = Map.of();

    /** @param here by this device, which may have forgotten it */
    private record Told(int here, int elsewhere) {
        private static final Told NOTHING = new Told(0, 0);

        private static Told of(DeviceId self, UseRecord record) {
            int here = 0;
            int elsewhere = 0;
            for (UseRecord.Count count : record.counts()) {
                if (count.device().equals(self)) {
                    here = count.uses();
                } else {
                    elsewhere += count.uses();
                }
            }
            return new Told(here, elsewhere);
        }

        /** Counts only rise: a backend that reads its events anew, or was restored, knows less for a while. */
        private Told orMore(Told before) {
            return new Told(Math.max(here, before.here), Math.max(elsewhere, before.elsewhere));
        }
    }

    /** @throws io.zhitong.edge.EdgeException CONFIG when what is remembered cannot be understood */
    UseCounts(PointMemory memory) {
        this.memory = memory;
        memory.all(NAME, Integer::valueOf)
                .forEach((name, count) -> passes.put(
                        new CredentialNumber(Long.parseUnsignedLong(name.substring(NAME.length()), HEX)), count));
    }

    /** What the backend has counted of all devices. */
    void told(DeviceId self, Collection<UseRecord> records) {
        Map<CredentialNumber, Told> now = new HashMap<>();
        records.forEach(
                record -> now.put(record.credential(), Told.of(self, record).orMore(by(record.credential()))));
        told = Map.copyOf(now);
    }

    /** At all doors of the community, as far as is known here. */
    int of(CredentialNumber credential) {
        return here(credential) + by(credential).elsewhere();
    }

    private int here(CredentialNumber credential) {
        return Math.max(passes.getOrDefault(credential, 0), by(credential).here());
    }

    private Told by(CredentialNumber credential) {
        return told.getOrDefault(credential, Told.NOTHING);
    }

    /** Somebody may come in: on disk when it returns. */
    synchronized void passed(CredentialNumber credential, Policy rules) {
        boolean limited = rules.listed(credential)
                .filter(record -> record.uses() != AccessRecord.UNLIMITED)
                .isPresent();
        if (limited || passes.containsKey(credential)) {
            int count = here(credential) + 1;
            passes.put(credential, count);
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
