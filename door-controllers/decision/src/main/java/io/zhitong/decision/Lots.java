package io.zhitong.decision;

import io.zhitong.accessmodel.EntryRecord;
import io.zhitong.accessmodel.SpaceKind;
import io.zhitong.accessmodel.SpaceRecord;
import io.zhitong.cardspec.CredentialNumber;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Cars inside and spaces of the lots, found without looking at all (车场索引). Unchangeable. */
final class Lots {

    private static final int LOT_BITS = 16;

    private final Map<CredentialNumber, EntryRecord> byCredential;
    private final Map<String, List<EntryRecord>> byPlate;
    private final long[] owners;
    private final EntryRecord[] owned;
    private final long[] places;
    private final SpaceRecord[] spaces;

    /** @param holder of a credential, 0 = none */
    Lots(Collection<EntryRecord> entries, Collection<SpaceRecord> records, ToLongFunction<CredentialNumber> holder) {
        byCredential = entries.stream()
                .collect(Collectors.toUnmodifiableMap(EntryRecord::credential, Function.identity(), (a, b) -> b));
        byPlate = entries.stream()
                .filter(entry -> !entry.plate().isEmpty())
                .collect(Collectors.groupingBy(EntryRecord::plate, Collectors.toUnmodifiableList()));
        ToLongFunction<EntryRecord> owner = entry -> key(holder.applyAsLong(entry.credential()), entry.lot());
        owned = byCredential.values().stream()
                .sorted(Comparator.comparingLong(owner))
                .toArray(EntryRecord[]::new);
        owners = List.of(owned).stream().mapToLong(owner).toArray();
        spaces = records.stream()
                .sorted(Comparator.comparingLong(space -> key(space.holder(), space.lot())))
                .toArray(SpaceRecord[]::new);
        places = List.of(spaces).stream()
                .mapToLong(space -> key(space.holder(), space.lot()))
                .toArray();
    }

    private static long key(long holder, int lot) {
        return holder << LOT_BITS | lot;
    }

    private static int first(long[] rising, long key) {
        int low = 0;
        int high = rising.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (rising[middle] < key) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The car that came into that lot by this credential. */
    @Nullable
    EntryRecord entry(CredentialNumber credential, int lot) {
        EntryRecord entry = byCredential.get(credential);
        return entry == null || entry.lot() != lot ? null : entry;
    }

    /** In any lot. */
    List<EntryRecord> entries(String plate) {
        return byPlate.getOrDefault(plate, List.of());
    }

    /** How many cars of a holder, other than that one, are in a lot. */
    int others(long holder, int lot, CredentialNumber credential, String plate) {
        int others = 0;
        long key = key(holder, lot);
        for (int i = first(owners, key); i < owners.length && owners[i] == key; i++) {
            boolean same = owned[i].credential().equals(credential)
                    || !plate.isEmpty() && owned[i].plate().equals(plate);
            others += same ? 0 : 1;
        }
        return others;
    }

    Optional<SpaceRecord> spaces(long holder, int lot) {
        int index = first(places, key(holder, lot));
        return index < places.length && places[index] == key(holder, lot)
                ? Optional.of(spaces[index])
                : Optional.empty();
    }

    boolean takesTemporary(int lot) {
        Optional<SpaceRecord> anybody = spaces(SpaceRecord.ANYBODY, lot);
        return anybody.isPresent() && anybody.get().spaceKind() == SpaceKind.TEMPORARY;
    }

    Optional<EntryRecord> entry(CredentialNumber credential) {
        return Optional.ofNullable(byCredential.get(credential));
    }

    List<EntryRecord> entries() {
        return List.copyOf(byCredential.values());
    }
}
