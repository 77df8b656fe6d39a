package io.zhitong.backend.access;

import io.zhitong.accessmodel.ListRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** All that a policy says (策略内容), by key. Unchangeable. */
public final class PolicyContent {
    public static final PolicyContent EMPTY = new PolicyContent(new TreeMap<>());

    private final SortedMap<ItemKey, PolicyItem> items;

    private PolicyContent(SortedMap<ItemKey, PolicyItem> items) {
        this.items = items;
    }

    public static PolicyContent of(Collection<? extends PolicyItem> items) {
        return EMPTY.with(items, List.of());
    }

    /** The same with these put in, each instead of one with its key, and others taken out. */
    public PolicyContent with(Collection<? extends PolicyItem> put, Collection<ItemKey> removed) {
        SortedMap<ItemKey, PolicyItem> next = new TreeMap<>(items);
        next.keySet().removeAll(removed);
        put.forEach(item -> next.put(item.key(), item));
        return new PolicyContent(next);
    }

    public Optional<PolicyItem> find(ItemKey key) {
        return Optional.ofNullable(items.get(key));
    }

    public Collection<PolicyItem> items() {
        return List.copyOf(items.values());
    }

    /** Items of one kind, rising by number. */
    public List<PolicyItem> of(ItemKind kind) {
        return List.copyOf(items.subMap(new ItemKey(kind, 0), new ItemKey(kind, Long.MAX_VALUE))
                .values());
    }

    public List<PeopleGroup> groups() {
        return of(ItemKind.GROUP).stream().map(PeopleGroup.class::cast).toList();
    }

    public List<AccessRule> rules() {
        return of(ItemKind.RULE).stream().map(AccessRule.class::cast).toList();
    }

    /** The records of a kind that goes on lists as it is. */
    public <T extends ListRecord> List<T> records(ItemKind kind, Class<T> type) {
        return of(kind).stream()
                .map(item -> type.cast(((ListItem) item).record()))
                .toList();
    }

    /** One such record. */
    public <T extends ListRecord> Optional<T> record(ItemKey key, Class<T> type) {
        return find(key).map(item -> type.cast(((ListItem) item).record()));
    }

    /** What {@code later} has otherwise, rising by key. */
    public List<Difference> until(PolicyContent later) {
        SortedMap<ItemKey, PolicyItem> all = new TreeMap<>(items);
        all.putAll(later.items);
        List<Difference> found = new ArrayList<>();
        for (Map.Entry<ItemKey, PolicyItem> each : all.entrySet()) {
            Optional<PolicyItem> before = find(each.getKey());
            Optional<PolicyItem> after = later.find(each.getKey());
            if (!before.equals(after)) {
                found.add(new Difference(each.getKey(), before, after));
            }
        }
        return List.copyOf(found);
    }

    /** One item that is new, gone or changed (条目变化). */
    public record Difference(ItemKey key, Optional<PolicyItem> before, Optional<PolicyItem> after) {}

    @Override
    public boolean equals(Object other) {
        return other instanceof PolicyContent that && items.equals(that.items);
    }

    @Override
    public int hashCode() {
        return items.hashCode();
    }

    @Override
    public String toString() {
        return items.values().toString();
    }
}
