package io.zhitong.backend.devices;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.Hash;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.MerkleTree;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What signed lists hold, by root (名单内容库): devices with equal lists share one row, and a list that differs little from one that
 * is kept is kept as the buckets in which it differs. Such rows form a chain on one whole list (step 0); a step is bucket 2 ‖
 * length 4 ‖ bytes of the bucket, repeated. Thread-safe.
 */
final class ListContents {
    private static final int SMALL = 4_096;
    private static final int MOST_STEPS = 1_000;
    private static final String OF = " where community_id = ? and kind = ?";

    private final JdbcClient jdbc;
    private final KnownTrees known = new KnownTrees();

    ListContents(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Place(Hash chain, int step) {}

    /** @param before the tree it was made from, whose content is kept */
    void save(CommunityId community, ListKind kind, MerkleTree tree, Optional<MerkleTree> before) {
        known.put(community, kind, tree);
        if (place(community, kind, tree.root()).isPresent()) {
            return;
        }
        Optional<Place> base = before.flatMap(older -> place(community, kind, older.root()))
                .filter(at -> at.step() < MOST_STEPS && last(community, kind, at.chain()) == at.step());
        if (base.isPresent()) {
            byte[] step = differences(before.orElseThrow(), tree);
            long whole = size(tree);
            if (whole > SMALL && steps(community, kind, base.get().chain()) + step.length < whole / 2) {
                insert(
                        community,
                        kind,
                        tree.root(),
                        base.get().chain(),
                        base.get().step() + 1,
                        step);
                return;
            }
        }
        ByteWriter all = new ByteWriter();
        tree.forEach((bytes, from, to) -> all.u16(to - from).bytes(Arrays.copyOfRange(bytes, from, to)));
        insert(community, kind, tree.root(), tree.root(), 0, all.toByteArray());
    }

    private static long size(MerkleTree tree) {
        long[] size = {0};
        tree.forEach((bytes, from, to) -> size[0] += Short.BYTES + to - from);
        return size[0];
    }

    private static byte[] differences(MerkleTree before, MerkleTree after) {
        ByteWriter out = new ByteWriter();
        for (int bucket : before.differing(after)) {
            byte[] bytes = after.bucketBytes(bucket);
            out.u16(bucket).u32(bytes.length).bytes(bytes);
        }
        return out.toByteArray();
    }

    private void insert(CommunityId community, ListKind kind, Hash root, Hash chain, int step, byte[] content) {
        jdbc.sql("insert into list_content (community_id, kind, root, chain, step, content) values (?, ?, ?, ?, ?, ?)"
                        + " on conflict do nothing")
                .params(community.value(), kind.code(), root.toByteArray(), chain.toByteArray(), step, content)
                .update();
    }

    private Optional<Place> place(CommunityId community, ListKind kind, Hash root) {
        return jdbc.sql("select chain, step from list_content" + OF + " and root = ?")
                .params(community.value(), kind.code(), root.toByteArray())
                .query((row, n) -> new Place(Hash.of(row.getBytes(1)), row.getInt(2)))
                .optional();
    }

    private int last(CommunityId community, ListKind kind, Hash chain) {
        return jdbc.sql("select max(step) from list_content" + OF + " and chain = ?")
                .params(community.value(), kind.code(), chain.toByteArray())
                .query(Integer.class)
                .single();
    }

    private long steps(CommunityId community, ListKind kind, Hash chain) {
        return jdbc.sql("select coalesce(sum(octet_length(content)), 0) from list_content" + OF
                        + " and chain = ? and step > 0")
                .params(community.value(), kind.code(), chain.toByteArray())
                .query(Long.class)
                .single();
    }

    /**
     * The tree with that root; nothing when it is no longer kept.
     *
     * @throws IllegalStateException when what is stored does not hash to the root
     */
    Optional<MerkleTree> load(CommunityId community, ListKind kind, Hash root) {
        Optional<MerkleTree> here = known.find(community, kind, root);
        if (here.isPresent()) {
            return here;
        }
        Optional<MerkleTree> read = place(community, kind, root).map(at -> read(community, kind, at));
        read.ifPresent(tree -> {
            if (!tree.root().equals(root)) {
                throw new IllegalStateException("stored list content of kind " + kind + " does not hash to its root");
            }
        });
        return read.map(tree -> known.put(community, kind, tree));
    }

    private MerkleTree read(CommunityId community, ListKind kind, Place at) {
        List<byte[]> steps = jdbc.sql(
                        "select content from list_content" + OF + " and chain = ? and step <= ? order by step")
                .params(community.value(), kind.code(), at.chain().toByteArray(), at.step())
                .query((row, n) -> row.getBytes(1))
                .list();
        MerkleTree whole = known.find(community, kind, at.chain())
                .orElseGet(() -> MerkleTree.of(kind, MerkleTree.split(steps.get(0))));
        Map<Integer, List<byte[]>> buckets = new HashMap<>();
        for (byte[] step : steps.subList(1, steps.size())) {
            ByteReader in = new ByteReader(step);
            while (in.remaining() > 0) {
                buckets.put(in.u16(), MerkleTree.split(in.bytes((int) in.u32())));
            }
        }
        return buckets.isEmpty() ? whole : whole.exchanged(buckets);
    }

    /** Takes away chains of which no kept list names any content. */
    int prune(CommunityId community) {
        return jdbc.sql("delete from list_content where community_id = :community and not exists (select 1 from"
                        + " list_content c join signed_list s on s.community_id = c.community_id and s.kind = c.kind and"
                        + " s.root = c.root where c.community_id = list_content.community_id and c.kind ="
                        + " list_content.kind and c.chain = list_content.chain)")
                .param("community", community.value())
                .update();
    }
}
