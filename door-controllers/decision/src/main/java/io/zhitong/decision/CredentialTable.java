package io.zhitong.decision;

import io.zhitong.accessmodel.AccessRow;
import io.zhitong.accessmodel.CarrierKind;
import io.zhitong.accessmodel.Coded;
import io.zhitong.accessmodel.CredentialStatus;
import io.zhitong.accessmodel.GroupRecord;
import io.zhitong.accessmodel.MerkleTree;
import io.zhitong.cardspec.CredentialNumber;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The access list as columns of primitives, sorted by credential (凭证列表): a million credentials in 30 bytes each, and what
 * stands for them beside. Unchangeable.
 */
final class CredentialTable {

    private static final int ENDLESS = -1; // FFFFFFFF
    private static final CredentialStatus[] STATUS = IntStream.range(0, 0x100)
            .mapToObj(code -> Coded.find(CredentialStatus.class, code).orElse(CredentialStatus.BLOCKED))
            .toArray(CredentialStatus[]::new);

    private final long[] credentials;
    private final int[] holders;
    private final int[] from;
    private final int[] until;
    private final char[] uses;
    private final char[] certificates;
    private final byte[] status;
    private final byte[] traits;
    private final int[] sets;
    private final Sets interning;
    private GroupSet[] interned = {};
    private final CarrierIndex carriers;

    private CredentialTable(MerkleTree list, Sets interning) {
        this.interning = interning;
        int size = list.count();
        credentials = new long[size];
        holders = new int[size];
        from = new int[size];
        until = new int[size];
        uses = new char[size];
        certificates = new char[size];
        status = new byte[size];
        traits = new byte[size];
        sets = new int[size];
        AccessRow row = new AccessRow();
        CarrierIndex.Builder index = new CarrierIndex.Builder();
        int[] next = {0};
        list.forEach((bytes, first, end) -> {
            credentials[next[0]++] = row.on(bytes, first).credential();
            index.add(row);
        });
        Arrays.sort(credentials);
        carriers = index.build();
    }

    /** The rows of another table for these credentials, rising; who is new has no row yet. */
    private CredentialTable(CredentialTable old, long[] next) {
        interning = old.interning;
        int size = next.length;
        credentials = next;
        holders = new int[size];
        from = new int[size];
        until = new int[size];
        uses = new char[size];
        certificates = new char[size];
        status = new byte[size];
        traits = new byte[size];
        sets = new int[size];
        carriers = old.carriers;
        int was = 0;
        for (int row = 0; row < size; row++) {
            while (was < old.size() && old.credentials[was] < next[row]) {
                was++;
            }
            if (was < old.size() && old.credentials[was] == next[row]) {
                copy(old, was, row);
            }
        }
    }

    private void copy(CredentialTable old, int was, int row) {
        holders[row] = old.holders[was];
        from[row] = old.from[was];
        until[row] = old.until[was];
        uses[row] = old.uses[was];
        certificates[row] = old.certificates[was];
        status[row] = old.status[was];
        traits[row] = old.traits[was];
        sets[row] = old.sets[was];
    }

    /**
     * Compiles a list.
     *
     * @param list of kind ACCESS
     * @param groups what the groups named by its records may do; a group that is missing may do nothing
     */
    static CredentialTable of(MerkleTree list, Collection<GroupRecord> groups) {
        CredentialTable table = new CredentialTable(list, new Sets(groups));
        AccessRow row = new AccessRow();
        list.forEach((bytes, first, end) -> table.put(row.on(bytes, first)));
        table.interned = table.interning.all();
        return table;
    }

    /**
     * The table of a list that differs from this one's in these records, with the same groups; nothing where that is not
     * quicker or not possible: the carriers of those who come are not those of who was there.
     */
    Optional<CredentialTable> changed(ListDifference difference) {
        if (!difference.sameCarriers()) {
            return Optional.empty();
        }
        long[] next = LongStream.concat(
                        Arrays.stream(credentials).filter(each -> !difference.touches(each)),
                        difference.come().keySet().stream().mapToLong(Long::longValue))
                .sorted()
                .toArray();
        CredentialTable table = new CredentialTable(this, next);
        AccessRow row = new AccessRow();
        difference.come().values().forEach(record -> table.put(row.on(record, 0)));
        table.interned = table.interning.all();
        return Optional.of(table);
    }

    private void put(AccessRow record) {
        int row = Arrays.binarySearch(credentials, record.credential());
        holders[row] = record.holder();
        from[row] = record.from();
        until[row] = record.until();
        uses[row] = (char) record.uses();
        certificates[row] = (char) record.leastCertificate();
        status[row] = (byte) record.status();
        traits[row] = (byte) record.traits();
        sets[row] = interning.of(record);
    }

    int size() {
        return credentials.length;
    }

    Optional<Carried> carried(CarrierKind kind, byte[] value) {
        return carriers.find(kind, value);
    }

    @Nullable
    Listed find(CredentialNumber credential) {
        int row = Arrays.binarySearch(credentials, credential.value());
        return row < 0
                ? null
                : new Listed(
                        credential,
                        Integer.toUnsignedLong(holders[row]),
                        STATUS[status[row]],
                        traits[row],
                        Integer.toUnsignedLong(from[row]),
                        until[row] == ENDLESS ? Long.MAX_VALUE : Integer.toUnsignedLong(until[row]),
                        uses[row],
                        certificates[row],
                        interned[sets[row]]);
    }

    /** Gives every set of groups one number (组集合归并); tables of one origin share it. Safe for use by several threads. */
    private static final class Sets {
        private final Map<Integer, GroupRights> rights = new HashMap<>();
        private final Map<String, Integer> numbers = new HashMap<>();
        private final List<GroupSet> all = new ArrayList<>();

        Sets(Collection<GroupRecord> groups) {
            groups.forEach(group -> rights.put(group.group(), GroupRights.of(group)));
        }

        synchronized GroupSet[] all() {
            return all.toArray(GroupSet[]::new);
        }

        synchronized int of(AccessRow record) {
            char[] groups = new char[record.groups()];
            for (int i = 0; i < groups.length; i++) {
                groups[i] = (char) record.group(i);
            }
            return numbers.computeIfAbsent(String.valueOf(groups), set -> {
                all.add(new GroupSet(set.chars()
                        .mapToObj(id -> rights.getOrDefault(id, GroupRights.NONE))
                        .toArray(GroupRights[]::new)));
                return all.size() - 1;
            });
        }
    }
}
