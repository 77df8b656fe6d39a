package io.zhitong.accessmodel;

import java.util.List;

/** A branch of a {@link MerkleTree}: a node, or a bucket at the end (树的分支). Unchangeable. */
sealed interface TreePart permits TreeNode, Bucket {

    /** Number of records. */
    int count();

    /** 32 bytes, zeros when there is no record. */
    byte[] hash();

    /** @param index 0 … count − 1, in the order of the tree */
    byte[] record(int index);

    /** Shows every record where it lies. */
    void forEach(RecordVisitor visitor);

    /** The same with whatever {@code other} has alike taken from it, so that it is in memory once. */
    TreePart sharing(TreePart other);

    /**
     * Adds the buckets in which two branches of one place differ.
     *
     * @param place number of this branch on its level
     */
    void differing(TreePart other, int place, List<Integer> found);
}
