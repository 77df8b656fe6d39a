package io.zhitong.accessmodel;

import io.zhitong.smcrypto.Sm3;
import java.util.Arrays;
import java.util.List;

/**
 * A node of a {@link MerkleTree} (树节点): up to 16 branches with their hashes; empty ones take no room. Unchangeable: a change
 * makes new nodes on its path only, all others belong to both versions.
 */
final class TreeNode implements TreePart {

    static final TreeNode EMPTY = new TreeNode(0, new byte[0], new TreePart[0], 0);
    private static final int WIDTH = MerkleTree.WIDTH;

    private final int present;
    private final byte[] hashes;
    private final TreePart[] branches;
    private final int count;

    private TreeNode(int present, byte[] hashes, TreePart[] branches, int count) {
        this.present = present;
        this.hashes = hashes;
        this.branches = branches;
        this.count = count;
    }

    private boolean has(int child) {
        return (present >> child & 1) == 1;
    }

    private int slot(int child) {
        return Integer.bitCount(present & (1 << child) - 1);
    }

    /** @param absent what stands for an empty branch: an empty node, or above the end an empty bucket */
    TreePart child(int child, TreePart absent) {
        return has(child) ? branches[slot(child)] : absent;
    }

    byte[] childHash(int child) {
        byte[] hash = new byte[Hash.LENGTH];
        if (has(child)) {
            System.arraycopy(hashes, slot(child) * Hash.LENGTH, hash, 0, Hash.LENGTH);
        }
        return hash;
    }

    private boolean sameHash(int child, TreeNode other) {
        if (!has(child) || !other.has(child)) {
            return has(child) == other.has(child);
        }
        int mine = slot(child) * Hash.LENGTH;
        int theirs = other.slot(child) * Hash.LENGTH;
        return Arrays.equals(hashes, mine, mine + Hash.LENGTH, other.hashes, theirs, theirs + Hash.LENGTH);
    }

    /** With other branches where {@code next} is not the one there is; their hashes are made, all others kept. */
    TreeNode with(TreePart[] next) {
        int mask = 0;
        for (int child = 0; child < WIDTH; child++) {
            mask |= next[child].count() > 0 ? 1 << child : 0;
        }
        if (mask == 0) {
            return EMPTY;
        }
        int size = Integer.bitCount(mask);
        byte[] all = new byte[size * Hash.LENGTH];
        TreePart[] kept = new TreePart[size];
        int total = 0;
        int at = 0;
        for (int child = 0; child < WIDTH; child++) {
            if ((mask >> child & 1) == 1) {
                boolean same = has(child) && branches[slot(child)] == next[child];
                byte[] hash = same ? childHash(child) : next[child].hash();
                System.arraycopy(hash, 0, all, at * Hash.LENGTH, Hash.LENGTH);
                kept[at++] = next[child];
                total += next[child].count();
            }
        }
        return new TreeNode(mask, all, kept, total);
    }

    TreePart[] spread(TreePart absent) {
        TreePart[] all = new TreePart[WIDTH];
        for (int child = 0; child < WIDTH; child++) {
            all[child] = child(child, absent);
        }
        return all;
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public byte[] hash() {
        if (present == 0) {
            return new byte[Hash.LENGTH];
        }
        byte[] whole = new byte[1 + WIDTH * Hash.LENGTH];
        whole[0] = 1;
        for (int child = 0; child < WIDTH; child++) {
            System.arraycopy(childHash(child), 0, whole, 1 + child * Hash.LENGTH, Hash.LENGTH);
        }
        return Sm3.hash(whole);
    }

    @Override
    public byte[] record(int index) {
        int left = index;
        for (TreePart branch : branches) {
            int size = branch.count();
            if (left < size) {
                return branch.record(left);
            }
            left -= size;
        }
        throw new IndexOutOfBoundsException(index);
    }

    @Override
    public void forEach(RecordVisitor visitor) {
        for (TreePart branch : branches) {
            branch.forEach(visitor);
        }
    }

    @Override
    public TreeNode sharing(TreePart other) {
        if (!(other instanceof TreeNode that)) {
            return this;
        }
        boolean alike = present == that.present;
        TreePart[] shared = branches.clone();
        for (int child = 0; child < WIDTH; child++) {
            if (has(child) && that.has(child)) {
                TreePart theirs = that.branches[that.slot(child)];
                shared[slot(child)] = sameHash(child, that) ? theirs : branches[slot(child)].sharing(theirs);
                alike &= shared[slot(child)] == theirs;
            }
        }
        return alike ? that : new TreeNode(present, hashes, shared, count);
    }

    @Override
    public void differing(TreePart other, int place, List<Integer> found) {
        TreeNode that = other instanceof TreeNode node ? node : EMPTY;
        for (int child = 0; child < WIDTH; child++) {
            if (!sameHash(child, that)) {
                TreePart absent = absent(child, that);
                child(child, absent).differing(that.child(child, absent), place * WIDTH + child, found);
            }
        }
    }

    private TreePart absent(int child, TreeNode that) {
        TreePart there = has(child) ? branches[slot(child)] : that.branches[that.slot(child)];
        return there instanceof Bucket ? Bucket.EMPTY : EMPTY;
    }
}
