package io.zhitong.backend.devices;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.accessmodel.BlacklistRecord;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.CredentialStatus;
import io.zhitong.accessmodel.Hash;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.MerkleTree;
import io.zhitong.accessmodel.SignedList;
import io.zhitong.cardspec.CredentialNumber;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class KnownTreesTest {
    private static final CommunityId ONE = new CommunityId(1);
    private static final CommunityId TWO = new CommunityId(2);

    private final KnownTrees known = new KnownTrees();

    @Test
    void an_equal_tree_is_in_memory_once_and_found_by_its_root() {
        MerkleTree one = known.put(ONE, ListKind.BLACKLIST, tree(500));
        assertThat(known.put(ONE, ListKind.BLACKLIST, tree(500))).isSameAs(one);
        assertThat(known.find(ONE, ListKind.BLACKLIST, one.root())).containsSame(one);
        assertThat(known.find(ONE, ListKind.BLACKLIST, Hash.ZERO)).isEmpty();
    }

    @Test
    void trees_that_differ_in_one_record_differ_in_one_array() {
        MerkleTree one = known.put(ONE, ListKind.BLACKLIST, tree(500));
        MerkleTree other = known.put(ONE, ListKind.BLACKLIST, tree(501));
        Set<byte[]> arrays = Collections.newSetFromMap(new IdentityHashMap<>());
        one.forEach((bytes, from, to) -> arrays.add(bytes));
        int before = arrays.size();
        other.forEach((bytes, from, to) -> arrays.add(bytes));
        assertThat(arrays).hasSize(before + 1);
        assertThat(other.count()).isEqualTo(501);
    }

    @Test
    void communities_share_nothing() {
        MerkleTree one = known.put(ONE, ListKind.BLACKLIST, tree(50));
        MerkleTree other = known.put(TWO, ListKind.BLACKLIST, tree(50));
        assertThat(other).isNotSameAs(one);
        assertThat(other.root()).isEqualTo(one.root());
        assertThat(known.find(TWO, ListKind.ACCESS, one.root())).isEmpty();
    }

    private static MerkleTree tree(int count) {
        return SignedList.compile(
                ListKind.BLACKLIST,
                LongStream.range(0, count)
                        .mapToObj(i -> new BlacklistRecord(new CredentialNumber(i), CredentialStatus.LOST))
                        .toList());
    }
}
