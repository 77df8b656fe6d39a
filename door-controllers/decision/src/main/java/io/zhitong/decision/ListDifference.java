package io.zhitong.decision;

import io.zhitong.accessmodel.AccessRow;
import io.zhitong.accessmodel.MerkleTree;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * In which records two access lists differ (名单差异), found by their trees. Unchangeable by those who read it.
 *
 * @param gone records of the older list that the newer has not, by credential
 * @param come records of the newer list that the older has not, by credential
 */
record ListDifference(Map<Long, byte[]> gone, Map<Long, byte[]> come) {

    /** With more buckets than this a table is compiled anew. */
    private static final int MOST_BUCKETS = 1_000;

    /** Nothing if they differ in many. */
    static Optional<ListDifference> between(MerkleTree before, MerkleTree after) {
        List<Integer> buckets = after.differing(before);
        if (buckets.size() > MOST_BUCKETS) {
            return Optional.empty();
        }
        Map<Long, byte[]> gone = new HashMap<>();
        Map<Long, byte[]> come = new HashMap<>();
        for (int bucket : buckets) {
            before.bucket(bucket).forEach(record -> gone.put(credential(record), record));
            after.bucket(bucket).forEach(record -> come.put(credential(record), record));
        }
        gone.entrySet().removeIf(each -> {
            boolean same = Arrays.equals(each.getValue(), come.get(each.getKey()));
            if (same) {
                come.remove(each.getKey());
            }
            return same;
        });
        return Optional.of(new ListDifference(Map.copyOf(gone), Map.copyOf(come)));
    }

    private static long credential(byte[] record) {
        return new AccessRow().on(record, 0).credential();
    }

    boolean touches(long credential) {
        return gone.containsKey(credential) || come.containsKey(credential);
    }

    /** Whether everything that stands for somebody stands for the same one in both. */
    boolean sameCarriers() {
        return gone.entrySet().stream().allMatch(each -> same(each.getValue(), come.get(each.getKey())))
                && come.entrySet().stream().allMatch(each -> same(each.getValue(), gone.get(each.getKey())));
    }

    private static boolean same(byte[] record, byte @org.jspecify.annotations.Nullable [] other) {
        return Arrays.equals(carriers(record), other == null ? new byte[0] : carriers(other));
    }

    private static byte[] carriers(byte[] record) {
        return Arrays.copyOfRange(record, new AccessRow().on(record, 0).carriersAt(), record.length);
    }
}
