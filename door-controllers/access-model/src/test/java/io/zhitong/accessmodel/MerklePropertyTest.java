package io.zhitong.accessmodel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.zhitong.smcrypto.ByteWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class MerklePropertyTest {

    private static byte[] record(long number, int status) {
        return new ByteWriter().u64(number).u8(status).toByteArray();
    }

    private static List<byte[]> records(Map<Integer, Integer> statusByNumber) {
        return statusByNumber.entrySet().stream()
                .map(e -> record(e.getKey() & 0xFFFF_FFFFL, e.getValue() & 0xFF))
                .toList();
    }

    @Property(tries = 60)
    void root_is_the_one_of_the_naive_tree(@ForAll @Size(max = 60) Map<Integer, Integer> statusByNumber) {
        List<byte[]> records = records(statusByNumber);
        assertArrayEquals(
                NaiveMerkle.root(ListKind.BLACKLIST, records),
                MerkleTree.of(ListKind.BLACKLIST, records).root().toByteArray());
    }

    @Example
    void records_that_share_a_bucket_hash_in_the_order_of_their_bytes_like_the_naive_tree() {
        List<byte[]> crowd = new ArrayList<>();
        for (long number = 0; crowd.size() < 3; number++) {
            byte[] candidate = record(number, 2);
            if (MerkleTree.bucketOf(ListKind.BLACKLIST, candidate) == 0x1234) {
                crowd.add(0, candidate);
            }
        }
        MerkleTree tree = MerkleTree.of(ListKind.BLACKLIST, crowd);
        assertEquals(3, tree.bucket(0x1234).size());
        assertArrayEquals(crowd.get(2), tree.bucket(0x1234).get(0));
        assertArrayEquals(
                NaiveMerkle.root(ListKind.BLACKLIST, crowd), tree.root().toByteArray());
    }

    @Property(tries = 100)
    void descent_by_children_finds_exactly_the_keys_that_differ(
            @ForAll @IntRange(min = 0, max = 400) int common,
            @ForAll @IntRange(max = 20) int changes,
            @ForAll long seed) {
        Random random = new Random(seed);
        Map<Long, Integer> mine = new TreeMap<>();
        while (mine.size() < common) {
            mine.put(random.nextLong() >>> 1, 2);
        }
        Map<Long, Integer> theirs = new TreeMap<>(mine);
        List<Long> numbers = new ArrayList<>(mine.keySet());
        for (int i = 0; i < changes; i++) {
            change(theirs, numbers, random);
        }
        MerkleTree a = tree(mine);
        MerkleTree b = tree(theirs);
        Set<Integer> differing = new TreeSet<>();
        descend(a, b, 0, 0, differing);
        assertEquals(bucketsThatDiffer(mine, theirs), differing);
        assertEquals(mine.equals(theirs), a.root().equals(b.root()));
    }

    private static void change(Map<Long, Integer> list, List<Long> numbers, Random random) {
        switch (numbers.isEmpty() ? 0 : random.nextInt(3)) {
            case 0 -> list.put(random.nextLong() >>> 1, 3);
            case 1 -> list.remove(numbers.get(random.nextInt(numbers.size())));
            default -> list.put(numbers.get(random.nextInt(numbers.size())), 4);
        }
    }

    private static MerkleTree tree(Map<Long, Integer> list) {
        return MerkleTree.of(
                ListKind.BLACKLIST,
                list.entrySet().stream()
                        .map(e -> record(e.getKey(), e.getValue()))
                        .toList());
    }

    private static void descend(MerkleTree a, MerkleTree b, int level, int node, Set<Integer> differing) {
        List<Hash> left = a.children(level, node);
        List<Hash> right = b.children(level, node);
        for (int i = 0; i < MerkleTree.WIDTH; i++) {
            if (!left.get(i).equals(right.get(i))) {
                int child = node * MerkleTree.WIDTH + i;
                if (level == MerkleTree.DEPTH - 1) {
                    differing.add(child);
                } else {
                    descend(a, b, level + 1, child, differing);
                }
            }
        }
    }

    private static Set<Integer> bucketsThatDiffer(Map<Long, Integer> mine, Map<Long, Integer> theirs) {
        Set<Long> numbers = new TreeSet<>(mine.keySet());
        numbers.addAll(theirs.keySet());
        Set<Integer> buckets = new TreeSet<>();
        for (long number : numbers) {
            if (!java.util.Objects.equals(mine.get(number), theirs.get(number))) {
                buckets.add(MerkleTree.bucketOf(ListKind.BLACKLIST, record(number, 2)));
            }
        }
        return buckets;
    }

    @Example
    void tree_does_not_change_with_the_arrays_it_was_made_of_and_gives_no_list_to_change() {
        byte[] given = record(1, 2);
        MerkleTree tree = MerkleTree.of(ListKind.BLACKLIST, List.of(given));
        Hash root = tree.root();
        given[8] = 3;
        assertEquals(root, tree.root());
        assertArrayEquals(record(1, 2), tree.records().get(0));
        List<byte[]> bucket = tree.bucket(MerkleTree.bucketOf(ListKind.BLACKLIST, given));
        assertThrows(UnsupportedOperationException.class, () -> bucket.remove(0));
        assertThrows(UnsupportedOperationException.class, () -> tree.records().remove(0));
    }

    @Example
    void nodes_outside_the_tree_are_refused_and_the_last_ones_inside_answer() {
        MerkleTree tree = MerkleTree.of(ListKind.BLACKLIST, List.of(record(1, 2)));
        int[][] outside = {{-1, 0}, {4, 0}, {0, 1}, {0, -1}, {1, 16}, {2, 256}, {3, 4096}};
        for (int[] node : outside) {
            assertThrows(ModelException.class, () -> tree.children(node[0], node[1]));
        }
        int[][] last = {{0, 0}, {1, 15}, {2, 255}, {3, 4095}};
        for (int[] node : last) {
            assertEquals(16, tree.children(node[0], node[1]).size());
        }
    }

    @Example
    void bucket_hash_cannot_pass_for_a_node_nor_two_records_for_one() {
        byte[] one = record(1, 2);
        Hash alone = MerkleTree.of(ListKind.BLACKLIST, List.of(one)).root();
        byte[] padded = java.util.Arrays.copyOf(one, 10);
        assertNotEquals(
                alone, MerkleTree.of(ListKind.BLACKLIST, List.of(padded)).root());
        assertNotEquals(Hash.ZERO, alone);
    }
}
