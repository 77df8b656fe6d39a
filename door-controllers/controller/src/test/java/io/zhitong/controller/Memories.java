package io.zhitong.controller;

import io.zhitong.edge.EdgeException;
import io.zhitong.edge.EdgeFault;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** What points remember, on a disk that can be made to refuse. */
final class Memories implements PointMemory.Notes {

    private final Map<String, String> written = new ConcurrentHashMap<>();
    private volatile boolean refuses;

    void refuse() {
        refuses = true;
    }

    void forget() {
        written.clear();
    }

    Map<String, String> written() {
        return Map.copyOf(written);
    }

    @Override
    public Optional<String> get(String name) {
        return Optional.ofNullable(written.get(name));
    }

    @Override
    public Map<String, String> all(String prefix) {
        Map<String, String> found = new TreeMap<>(written);
        found.keySet().removeIf(name -> !name.startsWith(prefix));
        return found;
    }

    @Override
    public void put(String name, Optional<String> value) {
        if (refuses) {
            throw new EdgeException(EdgeFault.DISK_FULL, "the disk of this test");
        }
        value.ifPresentOrElse(text -> written.put(name, text), () -> written.remove(name));
    }
}
