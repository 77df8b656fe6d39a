package io.zhitong.backend.devices;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.SignedList;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets the lists that many devices fetch at once share what is alike in them (名单共享): the doors of a community hold nearly the
 * same records, and a hundred copies of a million would not fit. Keeps nothing that nobody else holds. Thread-safe.
 */
final class SharedTrees {
    private record Place(CommunityId community, ListKind kind) {}

    private final Map<Place, WeakReference<SignedList>> latest = new ConcurrentHashMap<>();

    /** Equal to {@code list}; its buckets are those of the list of this kind that was read last, wherever they are alike. */
    SignedList of(SignedList list) {
        Place place = new Place(list.header().community(), list.header().kind());
        WeakReference<SignedList> before = latest.get(place);
        SignedList other = before == null ? null : before.get();
        SignedList shared = other == null ? list : list.sharing(other);
        latest.put(place, new WeakReference<>(shared));
        return shared;
    }
}
