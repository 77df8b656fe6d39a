package io.zhitong.backend.devices;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.Hash;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.MerkleTree;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Trees that somebody holds anyway, by root, and the last few large ones (名单共享): many devices ask for equal lists, and a hundred
 * copies of a million records would not fit. What is read shares with the last of its kind all that is alike. Thread-safe.
 */
final class KnownTrees {
    private static final int LARGE = 1_000;
    private static final int MOST_LARGE = 4;
    private static final int CROWDED = 1_000;

    private record Place(CommunityId community, ListKind kind) {}

    private record Name(Place place, Hash root) {}

    private final Map<Name, WeakReference<MerkleTree>> trees = new ConcurrentHashMap<>();
    private final Map<Place, WeakReference<MerkleTree>> latest = new ConcurrentHashMap<>();
    private final Deque<MerkleTree> large = new ArrayDeque<>();

    Optional<MerkleTree> find(CommunityId community, ListKind kind, Hash root) {
        WeakReference<MerkleTree> held = trees.get(new Name(new Place(community, kind), root));
        return held == null ? Optional.empty() : Optional.ofNullable(held.get());
    }

    /** @return equal to {@code tree}; to be used instead of it */
    MerkleTree put(CommunityId community, ListKind kind, MerkleTree tree) {
        Place place = new Place(community, kind);
        WeakReference<MerkleTree> before = latest.get(place);
        MerkleTree other = before == null ? null : before.get();
        MerkleTree shared = other == null ? tree : tree.sharing(other);
        if (trees.size() > CROWDED) {
            trees.values().removeIf(each -> each.get() == null);
        }
        trees.put(new Name(place, shared.root()), new WeakReference<>(shared));
        latest.put(place, new WeakReference<>(shared));
        hold(shared);
        return shared;
    }

    private void hold(MerkleTree tree) {
        if (tree.count() >= LARGE) {
            synchronized (large) {
                large.removeIf(each -> each.root().equals(tree.root()));
                large.addLast(tree);
                if (large.size() > MOST_LARGE) {
                    large.removeFirst();
                }
            }
        }
    }
}
