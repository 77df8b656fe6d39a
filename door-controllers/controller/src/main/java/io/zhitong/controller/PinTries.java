package io.zhitong.controller;

import io.zhitong.cardspec.CredentialNumber;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How often a credential's PIN was wrong in a row (密码重试限制): three tries are free, then each waits, 30 s and twice as long each time up
 * to an hour. Meanwhile no PIN is looked at. A restart begins the last wait anew. Not thread-safe.
 */
final class PinTries {

    private static final String NAME = "pin.";
    private static final int FREE = 3;
    private static final long FIRST_WAIT_MILLIS = 30_000;
    private static final long LONGEST_WAIT_MILLIS = 3_600_000;
    private static final int MOST_DOUBLINGS = 10;

    /** Tries since the last right one, and when the next is looked at. */
    private record Tries(int count, long next) {}

    private final PointMemory memory;
    private final DoorClock clock;
    private final Map<String, Tries> tries = new HashMap<>();

    PinTries(PointMemory memory, DoorClock clock) {
        this.memory = memory;
        this.clock = clock;
        memory.all(NAME, Integer::valueOf)
                .forEach((name, count) -> tries.put(name, new Tries(count, clock.monotonicMillis() + wait(count))));
    }

    /** A try that counts as wrong until {@link #forgotten}; false when it comes too early. */
    boolean taken(CredentialNumber credential) {
        String name = NAME + Long.toHexString(credential.value());
        Tries before = tries.getOrDefault(name, new Tries(0, 0));
        long now = clock.monotonicMillis();
        if (before.count() >= FREE && now < before.next()) {
            return false;
        }
        int count = before.count() + 1;
        tries.put(name, new Tries(count, now + wait(count)));
        memory.write(name, Optional.of(Integer.toString(count)));
        return true;
    }

    void forgotten(CredentialNumber credential) {
        String name = NAME + Long.toHexString(credential.value());
        tries.remove(name);
        memory.write(name, Optional.empty());
    }

    private static long wait(int count) {
        if (count < FREE) {
            return 0;
        }
        return Math.min(LONGEST_WAIT_MILLIS, FIRST_WAIT_MILLIS << Math.min(count - FREE, MOST_DOUBLINGS));
    }
}
