package io.zhitong.accessmodel;

import io.zhitong.smcrypto.Sm3;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The 16-ary hash tree over a list's records (默克尔树): two equal roots prove equal lists, two unequal ones descend to the
 * few records that differ.
 *
 * <p>A record lies in the bucket named by the first two bytes of SM3(its key). A bucket hashes to SM3(00 ‖ length 2 ‖
 * record ‖ …), records in the order of their bytes; a node to SM3(01 ‖ 16 child hashes); an empty bucket or branch is 32
 * zero bytes. Four levels of nodes stand above 65,536 buckets. Source: our profile, docs/link.md.
 *
 * <p>Unchangeable, safe for use by several threads. A changed tree shares with its predecessor everything but the changed
 * buckets and the nodes above them.
 */
public final class MerkleTree {

    /** Levels of nodes: level 0 is the root, level 4 the buckets. */
    public static final int DEPTH = 4;

    public static final int WIDTH = 16;
    static final int BUCKETS = 1 << (4 * DEPTH);
    private static final int DIGIT = 4;

    private final ListKind kind;
    private final TreeNode top;
    private final Hash root;

    private MerkleTree(ListKind kind, TreeNode top) {
        this.kind = kind;
        this.top = top;
        this.root = Hash.of(top.hash());
    }

    /**
     * @param records canonical bytes, any order
     * @throws ModelException if a record is shorter than its key or a key occurs twice
     */
    public static MerkleTree of(ListKind kind, Collection<byte[]> records) {
        byte[][] all = records.toArray(byte[][]::new);
        long[] places = new long[all.length];
        for (int i = 0; i < all.length; i++) {
            places[i] = (long) bucketOf(kind, all[i]) << Integer.SIZE | i;
        }
        Arrays.sort(places);
        SortedMap<Integer, Bucket> buckets = new TreeMap<>();
        for (int from = 0, to; from < places.length; from = to) {
            int bucket = (int) (places[from] >> Integer.SIZE);
            List<byte[]> members = new ArrayList<>();
            for (to = from; to < places.length && places[to] >> Integer.SIZE == bucket; to++) {
                members.add(all[(int) places[to]]);
            }
            buckets.put(bucket, Bucket.of(kind, members));
        }
        return new MerkleTree(kind, grown(TreeNode.EMPTY, 0, buckets));
    }

    /** Bucket of a record, or of its key alone: 0 … 65535. */
    public static int bucketOf(ListKind kind, byte[] record) {
        ModelException.require(
                record.length >= kind.keyLength(), ModelException.Reason.LENGTH, "a record with its whole key");
        byte[] hash = Sm3.hash(Arrays.copyOf(record, kind.keyLength()));
        return (hash[0] & 0xFF) << 8 | hash[1] & 0xFF;
    }

    /**
     * The tree with these records put in, each instead of one with its key, and others taken out.
     *
     * @param keys of the records to take out; one that is not there is no mistake
     */
    public MerkleTree changed(Collection<byte[]> put, Collection<byte[]> keys) {
        SortedMap<Integer, List<byte[]>> added = byBucket(put);
        SortedMap<Integer, List<byte[]>> removed = byBucket(keys);
        SortedMap<Integer, Bucket> buckets = new TreeMap<>();
        added.keySet().forEach(number -> buckets.put(number, Bucket.EMPTY));
        removed.keySet().forEach(number -> buckets.put(number, Bucket.EMPTY));
        buckets.replaceAll((number, none) -> at(number)
                .changed(kind, added.getOrDefault(number, List.of()), removed.getOrDefault(number, List.of())));
        return new MerkleTree(kind, grown(top, 0, buckets));
    }

    private SortedMap<Integer, List<byte[]>> byBucket(Collection<byte[]> records) {
        SortedMap<Integer, List<byte[]>> found = new TreeMap<>();
        records.forEach(record -> found.computeIfAbsent(bucketOf(kind, record), number -> new ArrayList<>())
                .add(record));
        return found;
    }

    /**
     * The tree with whole buckets exchanged.
     *
     * @param contents by bucket, all its records in any order
     * @throws ModelException if a record does not belong to its bucket or a key occurs twice
     */
    public MerkleTree exchanged(Map<Integer, List<byte[]>> contents) {
        SortedMap<Integer, Bucket> buckets = new TreeMap<>();
        contents.forEach((number, records) -> {
            Bounds.range(number, 0, BUCKETS - 1, "a bucket from 0 to 65535");
            ModelException.require(
                    records.stream().allMatch(record -> bucketOf(kind, record) == number),
                    ModelException.Reason.ORDER,
                    "records of that bucket");
            buckets.put(number, Bucket.of(kind, records));
        });
        return new MerkleTree(kind, grown(top, 0, buckets));
    }

    /** @param changed buckets below {@code old}, at least one */
    private static TreeNode grown(TreeNode old, int level, SortedMap<Integer, Bucket> changed) {
        if (changed.isEmpty()) {
            return old;
        }
        boolean last = level == DEPTH - 1;
        int shift = DIGIT * (DEPTH - 1 - level);
        TreePart[] next = old.spread(last ? Bucket.EMPTY : TreeNode.EMPTY);
        int first = changed.firstKey() >> shift & -WIDTH;
        for (int child = 0; child < WIDTH; child++) {
            SortedMap<Integer, Bucket> below = changed.subMap((first + child) << shift, (first + child + 1) << shift);
            if (!below.isEmpty()) {
                next[child] = last
                        ? Objects.requireNonNull(below.get(below.firstKey()))
                        : grown((TreeNode) next[child], level + 1, below);
            }
        }
        return old.with(next);
    }

    /** Equal to this, with all that {@code other} has alike taken from it, so that both are in memory hardly more than once. */
    public MerkleTree sharing(MerkleTree other) {
        return root.equals(other.root) ? other : new MerkleTree(kind, top.sharing(other.top));
    }

    /** The buckets whose records are not those of the other tree, rising. */
    public List<Integer> differing(MerkleTree other) {
        List<Integer> found = new ArrayList<>();
        top.differing(other.top, 0, found);
        return List.copyOf(found);
    }

    public Hash root() {
        return root;
    }

    public int count() {
        return top.count();
    }

    /** All records in the order of the tree: by bucket, within it by bytes. A view; each record is a fresh copy. */
    public List<byte[]> records() {
        return new Records(top);
    }

    /** Shows all records, in the order of the tree, without copying them. */
    public void forEach(RecordVisitor visitor) {
        top.forEach(visitor);
    }

    /**
     * The 16 hashes below a node.
     *
     * @param level 0 (root) … 3
     * @param node which node of that level, 0 … 16^level − 1
     */
    public List<Hash> children(int level, int node) {
        ModelException.require(
                level >= 0 && level < DEPTH && node >= 0 && node < 1 << (DIGIT * level),
                ModelException.Reason.RANGE,
                "a node of level 0 to 3");
        TreeNode found = node(level, node);
        List<Hash> children = new ArrayList<>(WIDTH);
        for (int i = 0; i < WIDTH; i++) {
            children.add(Hash.of(found.childHash(i)));
        }
        return List.copyOf(children);
    }

    private TreeNode node(int level, int node) {
        TreeNode at = top;
        for (int shift = DIGIT * (level - 1); shift >= 0; shift -= DIGIT) {
            at = (TreeNode) at.child(node >> shift & WIDTH - 1, TreeNode.EMPTY);
        }
        return at;
    }

    /** Records of one bucket, in the order of their bytes. */
    public List<byte[]> bucket(int bucket) {
        return at(bucket).records();
    }

    /** The same as one array, (length 2 ‖ record) …; empty for an empty bucket. */
    public byte[] bucketBytes(int bucket) {
        return at(bucket).toByteArray();
    }

    /**
     * The records that {@link #bucketBytes} wrote.
     *
     * @throws ModelException if the bytes are cut short or too long
     */
    public static List<byte[]> split(byte[] bucketBytes) {
        return Bucket.split(bucketBytes);
    }

    private Bucket at(int bucket) {
        return (Bucket) node(DEPTH - 1, bucket / WIDTH).child(bucket % WIDTH, Bucket.EMPTY);
    }

    private static final class Records extends AbstractList<byte[]> implements RandomAccess {
        private final TreeNode top;

        Records(TreeNode top) {
            this.top = top;
        }

        @Override
        public byte[] get(int index) {
            return top.record(Objects.checkIndex(index, size()));
        }

        @Override
        public int size() {
            return top.count();
        }
    }
}
