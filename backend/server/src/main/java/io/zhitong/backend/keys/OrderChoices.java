package io.zhitong.backend.keys;

import io.zhitong.keyapi.KeyListing;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyState;
import io.zhitong.keyapi.KeyUsage;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What can be ordered of the masters a vault has (可下达的密钥指令). Holds no key.
 *
 * @param masters all there are
 */
public record OrderChoices(List<KeyListing> masters) {
    private static final int MOST_VERSION = 255;

    public OrderChoices {
        masters = List.copyOf(masters);
    }

    /** One change of state that the key's life allows. */
    public record Change(KeyListing master, KeyState to) {
        /** As a form sends it: the key, a blank, the state. */
        public String value() {
            return master.key().text() + " " + to;
        }
    }

    /** The next version at each place that has one, named as it will be. */
    public List<KeyRef> newVersions() {
        Map<String, KeyRef> newest = new TreeMap<>();
        masters.stream()
                .map(KeyListing::key)
                .forEach(key ->
                        newest.merge(place(key), key, (one, other) -> one.version() > other.version() ? one : other));
        return newest.values().stream()
                .filter(key -> key.version() < MOST_VERSION)
                .map(key -> new KeyRef(key.usage(), key.version() + 1, key.factors()))
                .toList();
    }

    private static String place(KeyRef key) {
        return new KeyRef(key.usage(), 1, key.factors()).text();
    }

    /** Every allowed change of every master. */
    public List<Change> changes() {
        return masters.stream()
                .flatMap(master -> Arrays.stream(KeyState.values())
                        .filter(master.state()::mayBecome)
                        .map(to -> new Change(master, to)))
                .toList();
    }

    /** The keys that protect key blocks. */
    public List<KeyListing> exchangeKeys() {
        return masters.stream()
                .filter(master -> master.usage() == KeyUsage.EXCHANGE)
                .toList();
    }
}
