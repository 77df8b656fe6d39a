package io.zhitong.backend.keys;

import io.zhitong.keyapi.KeyChain;
import io.zhitong.keyapi.KeyListing;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.smcrypto.Hex;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The masters of a vault as a tree (密钥地图): chain, then place, then usage, then versions. Holds no key.
 *
 * @param chains with at least one master, in the order of {@link KeyChain}
 */
public record KeyMap(List<Chain> chains) {
    public KeyMap {
        chains = List.copyOf(chains);
    }

    /** All masters of applications that share the way from root to card. */
    public record Chain(KeyChain chain, List<Place> places) {
        public Chain {
            places = List.copyOf(places);
        }
    }

    /**
     * Masters at one place of the tree.
     *
     * @param steps the factors from the root as people name them: {@code 4403}, {@code 44030001}; none for the root
     */
    public record Place(List<String> steps, List<Usage> usages) {
        public Place {
            steps = List.copyOf(steps);
            usages = List.copyOf(usages);
        }
    }

    /** All versions of one usage at a place, newest first. */
    public record Usage(KeyUsage usage, List<KeyListing> versions) {
        public Usage {
            versions = List.copyOf(versions);
        }
    }

    /** Draws the tree of a vault's list. */
    public static KeyMap of(List<KeyListing> masters) {
        Map<KeyChain, Map<String, List<KeyListing>>> sorted = new EnumMap<>(KeyChain.class);
        for (KeyListing master : masters) {
            sorted.computeIfAbsent(master.usage().chain(), chain -> new TreeMap<>())
                    .computeIfAbsent(String.join(" ", steps(master)), place -> new ArrayList<>())
                    .add(master);
        }
        return new KeyMap(sorted.entrySet().stream()
                .map(chain -> new Chain(
                        chain.getKey(),
                        chain.getValue().values().stream().map(KeyMap::place).toList()))
                .toList());
    }

    private static Place place(List<KeyListing> masters) {
        Map<KeyUsage, List<KeyListing>> usages = new EnumMap<>(KeyUsage.class);
        masters.forEach(master ->
                usages.computeIfAbsent(master.usage(), u -> new ArrayList<>()).add(master));
        usages.values()
                .forEach(versions -> versions.sort(
                        Comparator.comparingInt(KeyListing::version).reversed()));
        return new Place(
                steps(masters.get(0)),
                usages.entrySet().stream()
                        .map(each -> new Usage(each.getKey(), each.getValue()))
                        .toList());
    }

    private static List<String> steps(KeyListing master) {
        return master.path().stream().map(KeyMap::step).toList();
    }

    /** A city code stands before FF…, a community's number behind zeros. */
    private static String step(byte[] factor) {
        String hex = Hex.of(factor);
        String left = hex.endsWith("ff0000000000") ? hex.substring(0, 4) : hex.replaceFirst("^0+(?=.)", "");
        return left.isEmpty() ? hex : left;
    }
}
