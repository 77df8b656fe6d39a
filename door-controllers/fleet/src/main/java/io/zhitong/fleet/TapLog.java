package io.zhitong.fleet;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The harness's own log of taps (敲卡记录), against which the backend's events are judged: kept beside the controllers and
 * their journals, never read from them. Safe for use by several threads.
 */
final class TapLog {

    private final Map<Passage, Integer> taps = new HashMap<>();
    private long count;

    synchronized void note(Passage passage) {
        taps.merge(passage, 1, Integer::sum);
        count++;
    }

    synchronized long count() {
        return count;
    }

    /**
     * Taps that stand against what is stored.
     *
     * @param lost taps without their event
     * @param doubled events beyond the taps
     */
    record Verdict(long lost, long doubled) {
        boolean exactlyOnce() {
            return lost == 0 && doubled == 0;
        }
    }

    /** @param stored how often each passage is stored */
    synchronized Verdict against(Map<Passage, Integer> stored) {
        Set<Passage> all = new HashSet<>(taps.keySet());
        all.addAll(stored.keySet());
        long lost = 0;
        long doubled = 0;
        for (Passage each : all) {
            int beyond = stored.getOrDefault(each, 0) - taps.getOrDefault(each, 0);
            lost += Math.max(0, -beyond);
            doubled += Math.max(0, beyond);
        }
        return new Verdict(lost, doubled);
    }
}
