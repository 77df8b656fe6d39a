package io.zhitong.accessmodel;

import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Sm3;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The 16-ary hash tree over a list's records (默克尔树): two equal roots prove equal lists, two unequal ones descend to the
 * few records that differ.
 *
 * <p>A record lies in the bucket named by the first two bytes of SM3(its key). A bucket hashes to SM3(00 ‖ length 2 ‖
 * record ‖ …), records in the order of their bytes; a node to SM3(01 ‖ 16 child hashes); an empty bucket or branch is 32
 * zero bytes. Four levels of nodes stand above 65,536 buckets. Source: our profile, docs/link.md.
 *
 * <p>Unchangeable, safe for use by several threads.
 */
public final class MerkleTree {

    /** Levels of nodes: level 0 is the root, level 4 the buckets. */
    public static final int DEPTH = 4;

    public static final int WIDTH = 16;
    private static final byte[] EMPTY = new byte[Hash.LENGTH];

    private final TreeMap<Integer, List<byte[]>> buckets;
    private final List<Map<Integer, byte[]>> levels;
    private final List<byte[]> ordered;

    private MerkleTree(TreeMap<Integer, List<byte[]>> buckets, List<Map<Integer, byte[]>> levels) {
        this.buckets = buckets;
        this.levels = levels;
        this.ordered = buckets.values().stream().flatMap(List::stream).toList();
    }

    /**
     * @param records canonical bytes, any order
     * @throws ModelException if a record is shorter than its key or a key occurs twice
     */
    public static MerkleTree of(ListKind kind, Collection<byte[]> records) {
        TreeMap<Integer, List<byte[]>> buckets = new TreeMap<>();
        for (byte[] record : records) {
            buckets.computeIfAbsent(bucketOf(kind, record), bucket -> new ArrayList<>(2))
                    .add(record.clone());
        }
        Map<Integer, byte[]> hashes = new HashMap<>();
        buckets.forEach((bucket, members) -> hashes.put(bucket, bucketHash(kind, members)));
        List<Map<Integer, byte[]>> levels = new ArrayList<>(List.of(hashes));
        for (int level = DEPTH; level > 0; level--) {
            levels.add(0, parents(levels.get(0)));
        }
        return new MerkleTree(buckets, levels);
    }

    /** Bucket of a record: 0 … 65535. */
    public static int bucketOf(ListKind kind, byte[] record) {
        ModelException.require(
                record.length >= kind.keyLength(), ModelException.Reason.LENGTH, "a record with its whole key");
        byte[] hash = Sm3.hash(Arrays.copyOf(record, kind.keyLength()));
        return (hash[0] & 0xFF) << 8 | hash[1] & 0xFF;
    }

    public Hash root() {
        return Hash.of(hash(0, 0));
    }

    public int count() {
        return ordered.size();
    }

    /** All records in the order of the tree: by bucket, within it by bytes. */
    public List<byte[]> records() {
        return ordered;
    }

    /**
     * The 16 hashes below a node.
     *
     * @param level 0 (root) … 3
     * @param node which node of that level, 0 … 16^level − 1
     */
    public List<Hash> children(int level, int node) {
        ModelException.require(
                level >= 0 && level < DEPTH && node >= 0 && node < 1 << (4 * level),
                ModelException.Reason.RANGE,
                "a node of level 0 to 3");
        List<Hash> children = new ArrayList<>(WIDTH);
        for (int i = 0; i < WIDTH; i++) {
            children.add(Hash.of(hash(level + 1, node * WIDTH + i)));
        }
        return List.copyOf(children);
    }

    /** Records of one bucket, in the order of their bytes. */
    public List<byte[]> bucket(int bucket) {
        return Collections.unmodifiableList(buckets.getOrDefault(bucket, List.of()));
    }

    private byte[] hash(int level, int node) {
        return levels.get(level).getOrDefault(node, EMPTY);
    }

    private static Map<Integer, byte[]> parents(Map<Integer, byte[]> below) {
        Map<Integer, byte[][]> grouped = new HashMap<>();
        below.forEach((node, hash) -> {
            grouped.computeIfAbsent(node / WIDTH, parent -> emptyChildren())[node % WIDTH] = hash;
        });
        Map<Integer, byte[]> parents = new HashMap<>();
        grouped.forEach((parent, children) -> parents.put(parent, nodeHash(children)));
        return parents;
    }

    private static byte[][] emptyChildren() {
        byte[][] children = new byte[WIDTH][];
        Arrays.fill(children, EMPTY);
        return children;
    }

    private static byte[] nodeHash(byte[][] children) {
        ByteWriter out = new ByteWriter().u8(1);
        for (byte[] child : children) {
            out.bytes(child);
        }
        return Sm3.hash(out.toByteArray());
    }

    private static byte[] bucketHash(ListKind kind, List<byte[]> members) {
        members.sort(Arrays::compareUnsigned);
        ByteWriter out = new ByteWriter().u8(0);
        byte[] before = null;
        for (byte[] record : members) {
            if (before != null && Arrays.equals(before, 0, kind.keyLength(), record, 0, kind.keyLength())) {
                throw new ModelException(ModelException.Reason.ORDER, "expected every key once");
            }
            out.sized(record);
            before = record;
        }
        return Sm3.hash(out.toByteArray());
    }
}
