package io.zhitong.keyapi;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which version of each key goes into a new card or SAM (发卡密钥版本).
 *
 * @param others 1–255, of every usage that is not named
 * @param named versions of single usages, 1–255
 */
public record KeyVersions(int others, Map<KeyUsage, Integer> named) {
    /**
     * Money keys of a purse have one version on a card: it names one in its records, and the TAC is checked by that. A version
     * counts once all of them are there.
     */
    private static final List<Set<KeyUsage>> TOGETHER = List.of(
            EnumSet.of(KeyUsage.DPK, KeyUsage.DLK, KeyUsage.DTK),
            EnumSet.of(KeyUsage.BOUGHT_DPK, KeyUsage.BOUGHT_DLK, KeyUsage.BOUGHT_DTK));

    public KeyVersions {
        Checks.range("key version", others, 1, 255);
        named.values().forEach(version -> Checks.range("key version", version, 1, 255));
        named = Map.copyOf(named);
    }

    /** One version of everything. */
    public static KeyVersions all(int version) {
        return new KeyVersions(version, Map.of());
    }

    /**
     * The newest version of each usage that is active at that place and may be issued at that second; 1 where there is none.
     *
     * @param masters as the vault lists them
     * @param city factor, 8 bytes
     * @param community factor, 8 bytes
     */
    public static KeyVersions newest(List<KeyListing> masters, byte[] city, byte[] community, long now) {
        Map<KeyUsage, NavigableSet<Integer>> active = new EnumMap<>(KeyUsage.class);
        for (KeyListing master : masters) {
            KeyRef place = new KeyRef(master.usage(), master.version(), List.of(city, community));
            boolean issues = master.state().allows(KeyOperation.INTO_CARD)
                    && master.terms().allows(KeyOperation.INTO_CARD, now);
            if (issues && counts(master, place, masters)) {
                active.computeIfAbsent(master.usage(), usage -> new TreeSet<>()).add(master.version());
            }
        }
        TOGETHER.forEach(usages -> together(active, usages));
        Map<KeyUsage, Integer> newest = new EnumMap<>(KeyUsage.class);
        active.forEach((usage, versions) -> {
            if (!versions.isEmpty()) {
                newest.put(usage, versions.last());
            }
        });
        return new KeyVersions(1, newest);
    }

    private static void together(Map<KeyUsage, NavigableSet<Integer>> active, Set<KeyUsage> usages) {
        NavigableSet<Integer> common = new TreeSet<>();
        usages.forEach(usage -> common.addAll(active.getOrDefault(usage, new TreeSet<>())));
        usages.forEach(usage -> common.retainAll(active.getOrDefault(usage, new TreeSet<>())));
        usages.forEach(usage -> active.put(usage, common));
    }

    /** Whether the master leads to the place and none lies nearer. */
    private static boolean counts(KeyListing master, KeyRef place, List<KeyListing> masters) {
        return master.key().leadsTo(place)
                && masters.stream()
                        .noneMatch(other ->
                                other.level() > master.level() && other.key().leadsTo(place));
    }

    /** One line: the version of all others, then those that differ, {@code 1 DLK=2 DPK=2 DTK=2}. */
    public String text() {
        StringBuilder out = new StringBuilder().append(others);
        new TreeMap<>(named).forEach((usage, version) -> {
            if (version != others) {
                out.append(' ').append(usage).append('=').append(version);
            }
        });
        return out.toString();
    }

    /**
     * Reads what {@link #text} writes.
     *
     * @throws IllegalArgumentException when it is anything else
     */
    public static KeyVersions parse(String text) {
        String[] parts = text.split(" ", -1);
        KeyVersions read = all(Integer.parseInt(parts[0]));
        for (int i = 1; i < parts.length; i++) {
            String[] one = parts[i].split("=", 2);
            read = read.with(KeyUsage.valueOf(one[0]), Integer.parseInt(one[1]));
        }
        return read;
    }

    /** The version of that usage. */
    public int of(KeyUsage usage) {
        Integer version = named.get(usage);
        return version == null ? others : version;
    }

    /** The same with another version of one usage. */
    public KeyVersions with(KeyUsage usage, int version) {
        Map<KeyUsage, Integer> more = new EnumMap<>(KeyUsage.class);
        more.putAll(named);
        more.put(usage, version);
        return new KeyVersions(others, more);
    }
}
