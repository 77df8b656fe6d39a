package io.zhitong.backend.access;

import io.zhitong.accessmodel.Octets;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Sm3;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A change set (策略草稿): what is to differ from the version it began at.
 *
 * @param base the version it began at
 * @param changes by key; nothing = the item is taken out
 * @param authors everybody who had a hand in it
 */
public record PolicyDraft(
        UUID id,
        long base,
        String title,
        Instant made,
        Set<String> authors,
        SortedMap<ItemKey, Optional<PolicyItem>> changes) {
    public PolicyDraft {
        authors = Set.copyOf(authors);
        changes = new TreeMap<>(changes);
    }

    @Override
    public SortedMap<ItemKey, Optional<PolicyItem>> changes() {
        return new TreeMap<>(changes);
    }

    /** What would be in force with it. */
    public PolicyContent over(PolicyContent before) {
        List<PolicyItem> put =
                changes.values().stream().flatMap(Optional::stream).toList();
        List<ItemKey> removed = changes.entrySet().stream()
                .filter(change -> change.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
        return before.with(put, removed);
    }

    /** SM3 over base and changes: an approval names what was looked at. */
    public Octets digest() {
        ByteWriter out = new ByteWriter().u64(base);
        changes.forEach((key, item) -> {
            out.u8(key.kind().code()).u64(key.number()).u8(item.isPresent() ? 1 : 0);
            item.ifPresent(each -> out.text(each.name()).sized(each.content()));
        });
        return Octets.of(Sm3.hash(out.toByteArray()));
    }
}
