package io.zhitong.fleet;

import io.zhitong.accessmodel.Hash;
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
import java.lang.ref.WeakReference;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the controllers of one process hold in common (共享名单): equal buckets are in memory once, equal lists are compiled once.
 * Safe for use by several threads.
 */
public final class SharedLists {

    /** Compiled policies kept; of a fleet whose lists are all alike one is enough. */
    private static final int MOST_POLICIES = 32;

    /** Indexed as they were signed, or no rules at all. */
    private static final Set<ListKind> ELSEWHERE = EnumSet.of(ListKind.ACCESS, ListKind.PRESENCE, ListKind.USES);

    private Optional<Policy> newest = Optional.empty();
    private final Map<ListKind, WeakReference<SignedList>> latest = new EnumMap<>(ListKind.class);
    private final Map<Content, Policy> policies = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Content, Policy> eldest) {
            return size() > MOST_POLICIES;
        }
    };

    /** What a policy is made of: the roots of the lists say all that is in them. */
    private record Content(Map<ListKind, Hash> roots, ListVersion version, long lease) {}

    /** Equal to {@code list}; its buckets are those of the list of this kind that came last, wherever they are alike. */
    synchronized SignedList of(SignedList list) {
        WeakReference<SignedList> before = latest.get(list.header().kind());
        SignedList other = before == null ? null : before.get();
        SignedList shared = other == null ? list : list.sharing(other);
        latest.put(list.header().kind(), new WeakReference<>(shared));
        return shared;
    }

    /** The policy of these lists, compiled at most once for all who hold the same. */
    synchronized Policy policy(Map<ListKind, SignedList> lists) {
        Content content = content(lists);
        Policy known = policies.get(content);
        if (known == null) {
            known = compiled(lists, content);
            policies.put(content, known);
            newest = Optional.of(known);
        }
        return known;
    }

    private static Content content(Map<ListKind, SignedList> lists) {
        Map<ListKind, Hash> roots = new EnumMap<>(ListKind.class);
        lists.forEach((kind, list) -> roots.put(kind, list.header().root()));
        roots.remove(ListKind.PRESENCE);
        roots.remove(ListKind.USES);
        Optional<ListHeader> access = access(lists).map(SignedList::header);
        return new Content(
                roots,
                access.map(ListHeader::version).orElse(ListVersion.NONE),
                access.map(ListHeader::leaseUntilSecond).orElse(ListHeader.NO_LEASE_END));
    }

    private static Optional<SignedList> access(Map<ListKind, SignedList> lists) {
        return Optional.ofNullable(lists.get(ListKind.ACCESS));
    }

    private Policy compiled(Map<ListKind, SignedList> lists, Content content) {
        List<ListRecord> others = lists.values().stream()
                .filter(list -> !ELSEWHERE.contains(list.header().kind()))
                .flatMap(list -> list.records().stream())
                .toList();
        PolicyLists deciding = new PolicyLists(content.version(), content.lease(), zone(others), others);
        MerkleTree access =
                access(lists).map(SignedList::tree).orElseGet(() -> MerkleTree.of(ListKind.ACCESS, List.of()));
        return newest.map(before -> before.next(deciding, access)).orElseGet(() -> new Policy(deciding, access));
    }

    private static ZoneId zone(List<ListRecord> records) {
        try {
            return records.stream()
                    .filter(SettingRecord.class::isInstance)
                    .map(SettingRecord.class::cast)
                    .filter(setting ->
                            setting.key().filter(SettingKey.ZONE::equals).isPresent())
                    .findFirst()
                    .map(setting -> ZoneId.of(setting.value()))
                    .orElse(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            return ZoneOffset.UTC;
        }
    }
}
