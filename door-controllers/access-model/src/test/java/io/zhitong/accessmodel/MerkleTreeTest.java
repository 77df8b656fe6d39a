package io.zhitong.accessmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Hex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {

    private static byte[] record(int number, int status) {
        return new ByteWriter().u64(number).u8(status).toByteArray();
    }

    @Test
    void empty_list_has_a_zero_root() {
        assertEquals(Hash.ZERO, MerkleTree.of(ListKind.BLACKLIST, List.of()).root());
    }

    /** Literal computed outside Java with Python's hashlib from the text of docs/link.md. */
    @Test
    void root_of_three_blacklist_records_is_the_published_example() {
        MerkleTree tree = MerkleTree.of(ListKind.BLACKLIST, List.of(record(3, 4), record(1, 2), record(2, 3)));
        assertEquals(
                "F069300787BFAAD92253453C098C0746CE7EDA503E40B2A2DD08FA98048AD346",
                tree.root().toString());
    }

    @Test
    void order_of_arrival_does_not_matter() {
        List<byte[]> records = new ArrayList<>(
                IntStream.range(0, 500).mapToObj(i -> record(i, 2)).toList());
        Hash root = MerkleTree.of(ListKind.BLACKLIST, records).root();
        Collections.shuffle(records, new Random(7));
        assertEquals(root, MerkleTree.of(ListKind.BLACKLIST, records).root());
    }

    @Test
    void one_changed_record_shows_in_one_child_of_each_level_and_one_bucket() {
        List<byte[]> old = IntStream.range(0, 3000).mapToObj(i -> record(i, 2)).toList();
        List<byte[]> changed = new ArrayList<>(old);
        changed.set(1234, record(1234, 3));
        MerkleTree a = MerkleTree.of(ListKind.BLACKLIST, old);
        MerkleTree b = MerkleTree.of(ListKind.BLACKLIST, changed);
        int node = 0;
        for (int level = 0; level < MerkleTree.DEPTH; level++) {
            List<Integer> differing = differing(a.children(level, node), b.children(level, node));
            assertEquals(1, differing.size(), "level " + level);
            node = node * MerkleTree.WIDTH + differing.get(0);
        }
        assertEquals(MerkleTree.bucketOf(ListKind.BLACKLIST, record(1234, 3)), node);
        assertEquals(
                1,
                b.bucket(node).stream()
                        .filter(r -> Arrays.equals(r, record(1234, 3)))
                        .count());
    }

    private static List<Integer> differing(List<Hash> a, List<Hash> b) {
        return IntStream.range(0, MerkleTree.WIDTH)
                .filter(i -> !a.get(i).equals(b.get(i)))
                .boxed()
                .toList();
    }

    @Test
    void every_single_bit_of_a_record_counts() {
        byte[] record = record(5, 2);
        Hash root = MerkleTree.of(ListKind.BLACKLIST, List.of(record)).root();
        for (int bit = 0; bit < record.length * 8; bit++) {
            byte[] other = record.clone();
            other[bit / 8] ^= (byte) (1 << bit % 8);
            assertNotEquals(
                    root, MerkleTree.of(ListKind.BLACKLIST, List.of(other)).root());
        }
    }

    @Test
    void two_records_with_one_key_and_a_record_without_a_whole_key_are_refused() {
        assertThrows(
                ModelException.class, () -> MerkleTree.of(ListKind.BLACKLIST, List.of(record(1, 2), record(1, 3))));
        assertThrows(
                ModelException.class, () -> MerkleTree.of(ListKind.BLACKLIST, List.of(Hex.parse("00000000000001"))));
    }
}
