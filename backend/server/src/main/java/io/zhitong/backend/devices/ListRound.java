package io.zhitong.backend.devices;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.ListHeader;
import io.zhitong.accessmodel.ListRecord;
import io.zhitong.accessmodel.MerkleTree;
import io.zhitong.accessmodel.SignedList;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.cardspec.CredentialNumber;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one round of compiling makes (编译轮次): lists that are equal for several devices once, of a few changed credentials only
 * their records, put into the list as it was. Not thread-safe.
 */
final class ListRound {
    private final ListRows rows;
    private final CommunityId community;
    private final ListScope scope;
    private final Map<List<Object>, Made> made = new HashMap<>();

    ListRound(List<DeviceListSource> sources, ListRows rows, CommunityId community, ListScope scope) {
        this.rows = rows;
        this.community = community;
        this.scope = scope;
        sources.forEach(source -> source.forget(community));
    }

    /**
     * A list's content.
     *
     * @param from what it was made from by changing a little
     */
    record Made(MerkleTree tree, Optional<MerkleTree> from) {}

    /**
     * What the device is to hold; nothing when the change does not reach this kind.
     *
     * @param newest header of the list it has
     */
    Optional<Made> tree(DeviceListSource source, DeviceRow device, Optional<ListHeader> newest) {
        Object same = source.sameFor(device);
        if (newest.isEmpty() || scope.whole(source.kind())) {
            return Optional.of(
                    made.computeIfAbsent(List.of(source.kind(), same), each -> whole(source, device, newest)));
        }
        if (!source.byCredential() || scope.credentials().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(made.computeIfAbsent(
                List.of(source.kind(), same, newest.get().root()), each -> changed(source, device, newest)));
    }

    private Made whole(DeviceListSource source, DeviceRow device, Optional<ListHeader> newest) {
        MerkleTree tree = SignedList.compile(source.kind(), source.records(device));
        return new Made(
                tree,
                newest.filter(header -> !header.root().equals(tree.root())).flatMap(this::held));
    }

    private Made changed(DeviceListSource source, DeviceRow device, Optional<ListHeader> newest) {
        Optional<MerkleTree> before = newest.flatMap(this::held);
        if (before.isEmpty()) {
            return whole(source, device, newest);
        }
        List<byte[]> put = source.records(device, scope.credentials()).stream()
                .map(ListRecord::canonical)
                .toList();
        Set<CredentialNumber> gone = new HashSet<>(scope.credentials());
        put.forEach(record -> gone.remove(CredentialNumber.of(Arrays.copyOf(record, Long.BYTES))));
        List<byte[]> keys = gone.stream().map(CredentialNumber::bytes).toList();
        return new Made(before.get().changed(put, keys), before);
    }

    private Optional<MerkleTree> held(ListHeader header) {
        return rows.tree(community, header.kind(), header.root());
    }
}
