package io.zhitong.edge;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** What does not work at the moment (健康状态); travels in every heartbeat. Safe for use by several threads. */
public final class Health {

    private final Map<String, String> faults = new ConcurrentSkipListMap<>();

    /**
     * @param part short name of what is broken, e.g. {@code reader door-1}
     * @param text what is wrong with it, in a few words
     */
    public void broken(String part, String text) {
        faults.put(part, text);
    }

    public void working(String part) {
        faults.remove(part);
    }

    public boolean healthy() {
        return faults.isEmpty();
    }

    /** One line a fault: part, colon, text. */
    public List<String> faults() {
        return faults.entrySet().stream()
                .map(fault -> fault.getKey() + ": " + fault.getValue())
                .toList();
    }
}
