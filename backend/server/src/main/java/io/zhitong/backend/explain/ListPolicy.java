package io.zhitong.backend.explain;

import io.zhitong.accessmodel.ListHeader;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListRecord;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.MerkleTree;
import io.zhitong.accessmodel.SettingKey;
import io.zhitong.accessmodel.SettingRecord;
import io.zhitong.accessmodel.SignedList;
import io.zhitong.decision.Policy;
import io.zhitong.decision.PolicyLists;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Makes the policy of a device from its lists, as the device makes it (由名单得策略). */
final class ListPolicy {
    private ListPolicy() {}

    /** @param held with the content of each */
    static Policy of(Collection<HeldList> held) {
        List<SignedList> lists =
                held.stream().flatMap(each -> each.list().stream()).toList();
        Optional<SignedList> access = lists.stream()
                .filter(list -> list.header().kind() == ListKind.ACCESS)
                .findFirst();
        List<ListRecord> others = lists.stream()
                .filter(list -> list.header().kind() != ListKind.ACCESS)
                .flatMap(list -> list.records().stream())
                .toList();
        PolicyLists deciding = new PolicyLists(
                access.map(list -> list.header().version()).orElse(ListVersion.NONE),
                access.map(list -> list.header().leaseUntilSecond()).orElse(ListHeader.NO_LEASE_END),
                zone(others),
                others);
        return new Policy(
                deciding, access.map(SignedList::tree).orElseGet(() -> MerkleTree.of(ListKind.ACCESS, List.of())));
    }

    private static ZoneId zone(List<ListRecord> records) {
        return records.stream()
                .filter(SettingRecord.class::isInstance)
                .map(SettingRecord.class::cast)
                .filter(setting -> setting.key().filter(SettingKey.ZONE::equals).isPresent())
                .map(setting -> known(setting.value()))
                .findFirst()
                .orElse(ZoneOffset.UTC);
    }

    private static ZoneId known(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            return ZoneOffset.UTC;
        }
    }
}
