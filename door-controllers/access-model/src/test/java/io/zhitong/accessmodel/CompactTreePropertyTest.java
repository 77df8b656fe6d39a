package io.zhitong.accessmodel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.zhitong.smcrypto.ByteWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** A tree that was changed step by step beside one built anew, and what the two have in common in memory. */
class CompactTreePropertyTest {

    private static final ListKind KIND = ListKind.BLACKLIST;

    private static byte[] record(long number, int status) {
        return new ByteWriter().u64(number).u8(status).toByteArray();
    }

    private static byte[] key(long number) {
        return new ByteWriter().u64(number).toByteArray();
    }

    private static MerkleTree tree(Map<Long, Integer> list) {
        return MerkleTree.of(
                KIND,
                list.entrySet().stream()
                        .map(e -> record(e.getKey(), e.getValue()))
                        .toList());
    }

    private static void assertSameTree(MerkleTree expected, MerkleTree actual) {
        assertEquals(expected.root(), actual.root());
        assertEquals(expected.count(), actual.count());
        List<byte[]> wanted = expected.records();
        List<byte[]> found = actual.records();
        for (int i = 0; i < wanted.size(); i++) {
            assertArrayEquals(wanted.get(i), found.get(i));
        }
        assertEquals(List.of(), expected.differing(actual));
        assertEquals(List.of(), actual.differing(expected));
    }

    @Property(tries = 150)
    void tree_changed_step_by_step_is_the_tree_built_anew_and_the_naive_one(
            @ForAll @IntRange(max = 120) int first, @ForAll @IntRange(min = 1, max = 12) int steps, @ForAll long seed) {
        Random random = new Random(seed);
        Map<Long, Integer> list = new TreeMap<>();
        for (int i = 0; i < first; i++) {
            list.put((long) random.nextInt(500), 2);
        }
        MerkleTree tree = tree(list);
        for (int step = 0; step < steps; step++) {
            List<byte[]> put = new ArrayList<>();
            List<byte[]> removed = new ArrayList<>();
            for (long number :
                    random.longs(random.nextInt(6), 0, 500).distinct().toArray()) {
                if (random.nextInt(3) == 0) {
                    removed.add(key(number));
                    list.remove(number);
                } else {
                    int status = 2 + random.nextInt(3);
                    put.add(record(number, status));
                    list.put(number, status);
                }
            }
            tree = tree.changed(put, removed);
        }
        assertSameTree(tree(list), tree);
        assertArrayEquals(NaiveMerkle.root(KIND, tree.records()), tree.root().toByteArray());
    }

    @Property(tries = 100)
    void exchanging_the_buckets_that_differ_makes_one_tree_of_the_other(
            @ForAll @IntRange(max = 300) int common, @ForAll @IntRange(max = 20) int changes, @ForAll long seed) {
        Random random = new Random(seed);
        Map<Long, Integer> mine = new TreeMap<>();
        random.longs(common, 0, 1_000).forEach(number -> mine.put(number, 2));
        Map<Long, Integer> theirs = new TreeMap<>(mine);
        for (int i = 0; i < changes; i++) {
            long number = random.nextInt(1_000);
            if (random.nextBoolean()) {
                theirs.remove(number);
            } else {
                theirs.put(number, 4);
            }
        }
        Set<Integer> expected = new TreeSet<>();
        LongStream.range(0, 1_000)
                .filter(number -> !Objects.equals(mine.get(number), theirs.get(number)))
                .forEach(number -> expected.add(MerkleTree.bucketOf(KIND, key(number))));
        MerkleTree a = tree(mine);
        MerkleTree b = tree(theirs);
        List<Integer> differing = a.differing(b);
        assertEquals(List.copyOf(expected), differing);
        Map<Integer, List<byte[]>> contents = new TreeMap<>();
        differing.forEach(number -> contents.put(number, b.bucket(number)));
        assertSameTree(b, a.exchanged(contents));
    }

    @Property(tries = 60)
    void sharing_changes_no_tree_and_leaves_nothing_alike_twice_in_memory(
            @ForAll @IntRange(min = 1, max = 400) int common,
            @ForAll @IntRange(max = 10) int changes,
            @ForAll long seed) {
        Random random = new Random(seed);
        Map<Long, Integer> list = new TreeMap<>();
        random.longs(common, 0, 100_000).forEach(number -> list.put(number, 2));
        MerkleTree one = tree(list);
        random.longs(changes, 0, 100_000).forEach(number -> list.put(number, 3));
        MerkleTree other = tree(list);
        MerkleTree shared = other.sharing(one);
        assertSameTree(other, shared);
        Set<byte[]> arrays = Collections.newSetFromMap(new IdentityHashMap<>());
        one.forEach((bytes, from, to) -> arrays.add(bytes));
        int before = arrays.size();
        shared.forEach((bytes, from, to) -> arrays.add(bytes));
        assertEquals(before + notIn(one, shared), arrays.size());
    }

    private static long notIn(MerkleTree one, MerkleTree other) {
        return one.differing(other).stream()
                .filter(number -> !other.bucket(number).isEmpty())
                .count();
    }

    @Example
    void equal_list_of_another_device_takes_no_room_at_all() {
        List<byte[]> records =
                LongStream.range(0, 5_000).mapToObj(i -> record(i, 2)).toList();
        MerkleTree one = MerkleTree.of(KIND, records);
        assertSame(one, MerkleTree.of(KIND, records).sharing(one));
    }

    @Example
    void one_change_among_twenty_thousand_makes_one_array_and_keeps_all_others() {
        List<byte[]> records =
                LongStream.range(0, 20_000).mapToObj(i -> record(i, 2)).toList();
        MerkleTree one = MerkleTree.of(KIND, records);
        MerkleTree two = one.changed(List.of(record(1_234, 4)), List.of());
        Set<byte[]> arrays = Collections.newSetFromMap(new IdentityHashMap<>());
        one.forEach((bytes, from, to) -> arrays.add(bytes));
        int before = arrays.size();
        two.forEach((bytes, from, to) -> arrays.add(bytes));
        assertEquals(before + 1, arrays.size());
        assertEquals(List.of(MerkleTree.bucketOf(KIND, key(1_234))), one.differing(two));
        assertArrayEquals(record(1_234, 2), find(one, 1_234));
        assertArrayEquals(record(1_234, 4), find(two, 1_234));
    }

    private static byte[] find(MerkleTree tree, long number) {
        return tree.bucket(MerkleTree.bucketOf(KIND, key(number))).stream()
                .filter(record -> Arrays.equals(Arrays.copyOf(record, 8), key(number)))
                .findFirst()
                .orElseThrow();
    }

    @Example
    void last_record_taken_out_leaves_the_empty_tree() {
        MerkleTree one = MerkleTree.of(KIND, List.of(record(7, 2)));
        MerkleTree none = one.changed(List.of(), List.of(key(7), key(8)));
        assertEquals(Hash.ZERO, none.root());
        assertEquals(0, none.count());
        assertEquals(List.of(), none.records());
        assertEquals(one.root(), none.changed(List.of(record(7, 2)), List.of()).root());
        assertThrows(IndexOutOfBoundsException.class, () -> none.records().get(0));
    }

    @Example
    void record_in_a_foreign_bucket_a_key_twice_and_a_bucket_that_does_not_exist_are_refused() {
        MerkleTree one = MerkleTree.of(KIND, List.of(record(7, 2)));
        int right = MerkleTree.bucketOf(KIND, key(7));
        assertRefused(one, right + 1, List.of(record(7, 3)));
        assertRefused(one, right, List.of(record(7, 3), record(7, 4)));
        assertRefused(one, 65_536, List.of());
        assertRefused(one, -1, List.of());
        assertThrows(ModelException.class, () -> one.changed(List.of(record(9, 2), record(9, 3)), List.of()));
        assertThrows(ModelException.class, () -> one.changed(List.of(), List.of(new byte[7])));
        MerkleTree two = one.exchanged(Map.of(right, List.of(record(7, 3))));
        assertArrayEquals(record(7, 3), two.records().get(0));
    }

    private static void assertRefused(MerkleTree tree, int bucket, List<byte[]> records) {
        assertThrows(ModelException.class, () -> tree.exchanged(Map.of(bucket, records)));
    }
}
