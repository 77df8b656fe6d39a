package io.zhitong.link;

import com.google.protobuf.ByteString;
import io.zhitong.accessmodel.Hash;
import io.zhitong.accessmodel.ListHeader;
import io.zhitong.accessmodel.MerkleTree;
import io.zhitong.accessmodel.SignedList;
import io.zhitong.link.proto.Bucket;
import io.zhitong.link.proto.BucketPull;
import io.zhitong.link.proto.FromBackend;
import io.zhitong.link.proto.FromDevice;
import io.zhitong.link.proto.TreePart;
import io.zhitong.link.proto.TreePull;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Fetches only the buckets in which the new list differs from the one held (差异拉取): down the tree level by level, then
 * the records. The result is verified as a whole against the signed root, so a lying backend gains nothing.
 */
final class DifferenceFetch implements ListFetch {

    private final ListHeader header;
    private final SignedList held;
    private final Map<Integer, List<byte[]>> changed = new HashMap<>();
    private int level;
    private Deque<Integer> asking = new ArrayDeque<>(List.of(0));
    private Deque<Integer> below = new ArrayDeque<>();

    DifferenceFetch(ListHeader header, SignedList held) {
        this.header = header;
        this.held = held;
    }

    @Override
    public ListHeader header() {
        return header;
    }

    @Override
    public FromDevice question() {
        List<Integer> next = asking.stream().limit(ListServing.MAX_NODES).toList();
        if (level == MerkleTree.DEPTH) {
            return FromDevice.newBuilder()
                    .setBuckets(BucketPull.newBuilder()
                            .setKind(header.kind().code())
                            .setEpoch((int) header.version().epoch())
                            .setNumber(header.version().number())
                            .addAllBucket(next))
                    .build();
        }
        return FromDevice.newBuilder()
                .setTree(TreePull.newBuilder()
                        .setKind(header.kind().code())
                        .setEpoch((int) header.version().epoch())
                        .setNumber(header.version().number())
                        .setLevel(level)
                        .addAllNode(next))
                .build();
    }

    @Override
    public void take(FromBackend answer) {
        if (level == MerkleTree.DEPTH && answer.hasBuckets()) {
            Wire.require(answer.getBuckets().getBucketCount() > 0, "at least one bucket");
            answer.getBuckets().getBucketList().forEach(this::bucket);
        } else if (level < MerkleTree.DEPTH
                && answer.hasTree()
                && answer.getTree().getLevel() == level) {
            nodes(answer.getTree());
        } else {
            throw ListFetch.outOfTurn();
        }
        if (asking.isEmpty() && level < MerkleTree.DEPTH) {
            level++;
            asking = below;
            below = new ArrayDeque<>();
        }
    }

    private void nodes(TreePart part) {
        int perNode = MerkleTree.WIDTH * Hash.LENGTH;
        Wire.require(
                part.getNodeCount() > 0 && part.getHashes().size() == part.getNodeCount() * perNode,
                "16 hashes for each node");
        for (int i = 0; i < part.getNodeCount(); i++) {
            int node = expected(part.getNode(i));
            compare(node, part.getHashes().substring(i * perNode, (i + 1) * perNode));
        }
    }

    private void compare(int node, ByteString theirs) {
        List<Hash> ours = held.tree().children(level, node);
        for (int child = 0; child < MerkleTree.WIDTH; child++) {
            ByteString hash = theirs.substring(child * Hash.LENGTH, (child + 1) * Hash.LENGTH);
            if (!Hash.of(hash.toByteArray()).equals(ours.get(child))) {
                below.add(node * MerkleTree.WIDTH + child);
            }
        }
    }

    private void bucket(Bucket bucket) {
        int number = expected(bucket.getNumber());
        changed.put(
                number,
                bucket.getRecordList().stream().map(ByteString::toByteArray).toList());
    }

    private int expected(int number) {
        Integer next = asking.poll();
        if (next == null || next != number) {
            throw ListFetch.outOfTurn();
        }
        return number;
    }

    @Override
    public boolean complete() {
        return asking.isEmpty();
    }

    @Override
    public SignedList joined() {
        return SignedList.join(header, held, changed);
    }
}
