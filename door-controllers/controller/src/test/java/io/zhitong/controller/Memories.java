package io.zhitong.controller;

import io.zhitong.edge.EdgeException;
import io.zhitong.edge.EdgeFault;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** What points remember, on a disk that can be made to refuse. */
final class Memories implements PointMemory.Notes {

    private final Map<String, String> written = new ConcurrentHashMap<>();
    private volatile boolean refuses;

    /** A door's world without neighbours, remembering nothing from before. */
    static DoorWorld world(Supplier<DoorPolicy> policy, Happened happened, DoorClock clock) {
        return new DoorWorld(
                policy,
                happened,
                happened,
                clock,
                new UseCounts(),
                new PointMemory(new Memories()),
                point -> List.of());
    }

    void refuse() {
        refuses = true;
    }

    Map<String, String> written() {
        return Map.copyOf(written);
    }

    @Override
    public Optional<String> get(String name) {
        return Optional.ofNullable(written.get(name));
    }

    @Override
    public void put(String name, Optional<String> value) {
        if (refuses) {
            throw new EdgeException(EdgeFault.DISK_FULL, "the disk of this test");
        }
        value.ifPresentOrElse(text -> written.put(name, text), () -> written.remove(name));
    }
}
