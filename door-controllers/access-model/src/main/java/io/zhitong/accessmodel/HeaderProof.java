package io.zhitong.accessmodel;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Sm3;
import java.util.List;

/**
 * How the header of a list hangs on the one signature of its publication (名单头证明): the way from its leaf up to the signed
 * root, and the signature.
 *
 * <p>Leaf: SM3(02 ‖ message of the header). Node: SM3(03 ‖ left 32 ‖ right 32). In each row neighbours are joined in pairs
 * from the left; the last one of an odd row goes up as it is. Signed by the policy key: 'ZTL2' ‖ leaves 4 ‖ root 32. Number of
 * leaves and place together say how long the path is and on which side each of its hashes stands, so that nothing about the
 * shape is left to the sender. Source: our profile, docs/link.md.
 *
 * @param leaves headers of the publication, 1 … 2²⁴
 * @param index which of them this is, from 0
 * @param path the neighbours' hashes, from the leaf up; none where there is no neighbour
 * @param signature r ‖ s, 64 bytes
 */
public record HeaderProof(long leaves, long index, List<Hash> path, Octets signature) {

    public static final int MAX_PATH = 24;
    public static final long MAX_LEAVES = 1L << MAX_PATH;
    static final int FIXED_LENGTH = 72;

    private static final String MAGIC = "ZTL2";
    private static final byte[] LEAF = {2};
    private static final byte[] NODE = {3};

    public HeaderProof {
        Bounds.range(leaves, 1, MAX_LEAVES, "leaves from 1 to 2^24");
        Bounds.range(index, 0, leaves - 1, "an index below the number of leaves");
        path = List.copyOf(path);
        ModelException.require(
                path.size() == pathLength(leaves, index), ModelException.Reason.LENGTH, "the path of that leaf");
        signature.expect(64, "a signature");
    }

    /** How many neighbours there are on the way up from this leaf. */
    static int pathLength(long leaves, long index) {
        int length = 0;
        for (long row = leaves, at = index; row > 1; row = (row + 1) / 2, at /= 2) {
            length += hasNeighbour(row, at) ? 1 : 0;
        }
        return length;
    }

    static boolean hasNeighbour(long row, long at) {
        return at % 2 == 1 || at + 1 < row;
    }

    static byte[] leaf(byte[] message) {
        return Sm3.hash(LEAF, message);
    }

    static byte[] node(byte[] left, byte[] right) {
        return Sm3.hash(NODE, left, right);
    }

    /** What the policy key signs for a publication. */
    static byte[] signed(long leaves, byte[] root) {
        return new ByteWriter().ascii(MAGIC).u32(leaves).bytes(root).toByteArray();
    }

    /** What the policy key has signed if this message is the leaf. */
    public byte[] signedOver(byte[] message) {
        byte[] hash = leaf(message);
        int next = 0;
        for (long row = leaves, at = index; row > 1; row = (row + 1) / 2, at /= 2) {
            if (hasNeighbour(row, at)) {
                byte[] neighbour = path.get(next++).toByteArray();
                hash = at % 2 == 1 ? node(neighbour, hash) : node(hash, neighbour);
            }
        }
        return signed(leaves, hash);
    }

    void write(ByteWriter out) {
        out.bytes(signature.toByteArray()).u32(leaves).u32(index);
        path.forEach(hash -> out.bytes(hash.toByteArray()));
    }

    static HeaderProof read(ByteReader in) {
        Octets signature = Octets.of(in.bytes(64));
        long leaves = in.u32();
        long index = in.u32();
        Bounds.range(leaves, 1, MAX_LEAVES, "leaves from 1 to 2^24");
        return new HeaderProof(
                leaves,
                index,
                Decoding.list(in, pathLength(leaves, index), each -> Hash.of(each.bytes(Hash.LENGTH))),
                signature);
    }
}
