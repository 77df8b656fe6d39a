package io.zhitong.decision;

import io.zhitong.accessmodel.AccessRecord;
import io.zhitong.accessmodel.CredentialStatus;
import io.zhitong.accessmodel.GroupRecord;
import io.zhitong.accessmodel.Trait;
import io.zhitong.cardspec.CredentialNumber;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The access list as columns of primitives, sorted by credential (凭证列表): a million credentials in some 30 bytes each.
 * Unchangeable.
 */
final class CredentialTable {

    private static final CredentialStatus[] STATUS = CredentialStatus.values();
    private static final int ENDLESS = -1; // FFFFFFFF

    private final long[] credentials;
    private final int[] holders;
    private final int[] from;
    private final int[] until;
    private final char[] uses;
    private final char[] certificates;
    private final byte[] status;
    private final byte[] traits;
    private final int[] sets;
    private final GroupSet[] interned;

    private CredentialTable(int size, GroupSet[] interned) {
        credentials = new long[size];
        holders = new int[size];
        from = new int[size];
        until = new int[size];
        uses = new char[size];
        certificates = new char[size];
        status = new byte[size];
        traits = new byte[size];
        sets = new int[size];
        this.interned = interned;
    }

    /** @param groups what the groups named by {@code records} may do; a group that is missing may do nothing */
    static CredentialTable of(Collection<AccessRecord> records, Collection<GroupRecord> groups) {
        Map<Integer, GroupRights> byId = new HashMap<>();
        groups.forEach(group -> byId.put(group.group(), GroupRights.of(group)));
        Map<List<Integer>, Integer> ids = new HashMap<>();
        List<GroupSet> sets = new ArrayList<>();
        for (AccessRecord record : records) {
            ids.computeIfAbsent(record.groups(), set -> {
                sets.add(set(set, byId));
                return sets.size() - 1;
            });
        }
        CredentialTable table = new CredentialTable(records.size(), sets.toArray(GroupSet[]::new));
        int row = 0;
        for (AccessRecord record : records) {
            table.credentials[row++] = record.credential().value();
        }
        Arrays.sort(table.credentials);
        for (AccessRecord record : records) {
            table.put(record, ids.getOrDefault(record.groups(), 0));
        }
        return table;
    }

    private static GroupSet set(List<Integer> ids, Map<Integer, GroupRights> byId) {
        return new GroupSet(
                ids.stream().map(id -> byId.getOrDefault(id, GroupRights.NONE)).toArray(GroupRights[]::new));
    }

    private void put(AccessRecord record, int set) {
        int row = Arrays.binarySearch(credentials, record.credential().value());
        holders[row] = (int) record.holder();
        from[row] = (int) record.validity().fromSecond();
        until[row] = (int) Math.min(record.validity().untilSecond(), 0xFFFF_FFFFL);
        uses[row] = (char) record.uses();
        certificates[row] = (char) record.leastCertificate();
        status[row] = (byte) record.status().ordinal();
        traits[row] =
                (byte) record.traits().stream().mapToInt(CredentialTable::bit).sum();
        sets[row] = set;
    }

    private static int bit(Trait trait) {
        return 1 << trait.code();
    }

    int size() {
        return credentials.length;
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
}
