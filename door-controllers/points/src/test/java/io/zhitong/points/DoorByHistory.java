package io.zhitong.points;

import java.util.ArrayList;
import java.util.List;

/**
 * The door a second time, told from its whole history instead of from a state: for every millisecond it asks who had the relay
 * energised, and reads opened, forced and held off the contact. Slow and without any branch of the machine.
 */
final class DoorByHistory {

    record Happening(long at, DoorInput input) {}

    private final int heldAfter;
    private final List<Happening> history = new ArrayList<>();

    DoorByHistory(int heldAfter) {
        this.heldAfter = heldAfter;
    }

    void add(long at, DoorInput input) {
        history.add(new Happening(at, input));
    }

    /** Whether the relay is energised after the first {@code upTo} happenings, seen at {@code now}. */
    boolean relayOn(int upTo, long now) {
        boolean free = false;
        long until = Long.MIN_VALUE;
        boolean leaf = false;
        for (Happening h : history.subList(0, upTo)) {
            if (h.input() instanceof DoorInput.Release r) {
                until = Math.max(until, h.at() + r.pulseMillis());
            } else if (h.input() instanceof DoorInput.Free) {
                free = true;
            } else if (h.input() instanceof DoorInput.Normal) {
                free = false;
            } else if (h.input() instanceof DoorInput.Secure) {
                free = false;
                until = Long.MIN_VALUE;
            } else if (h.input() instanceof DoorInput.Contact c) {
                until = leaf && !c.open() && !free ? Long.MIN_VALUE : until;
                leaf = c.open();
            }
        }
        return free || until > now;
    }

    DoorPhase phase(long now) {
        int opening = lastOpening();
        if (opening < 0) {
            return relayOn(history.size(), now) ? DoorPhase.RELEASED : DoorPhase.CLOSED;
        }
        if (!relayOn(opening, history.get(opening).at())) {
            return DoorPhase.FORCED;
        }
        return held(opening, now) ? DoorPhase.HELD : DoorPhase.OPEN;
    }

    /** Index of the contact report that opened the leaf as it stands now, or -1 when it is closed. */
    private int lastOpening() {
        int opening = -1;
        for (int i = 0; i < history.size(); i++) {
            if (history.get(i).input() instanceof DoorInput.Contact c) {
                opening = c.open() ? (opening < 0 ? i : opening) : -1;
            }
        }
        return opening;
    }

    /** Held = some stretch of heldAfter since the opening in which passage was not free and nobody was released. */
    private boolean held(int opening, long now) {
        long quietSince = history.get(opening).at();
        boolean free = freeAt(opening);
        for (int i = opening + 1; i < history.size(); i++) {
            Happening h = history.get(i);
            if (!free && h.at() - quietSince >= heldAfter) {
                return true;
            }
            boolean wasFree = free;
            free = freeAt(i);
            boolean restarts = h.input() instanceof DoorInput.Release || wasFree != free;
            quietSince = restarts ? h.at() : quietSince;
        }
        return !free && now - quietSince >= heldAfter;
    }

    private boolean freeAt(int index) {
        boolean free = false;
        for (Happening h : history.subList(0, index + 1)) {
            free = h.input() instanceof DoorInput.Free
                    || free && !(h.input() instanceof DoorInput.Normal || h.input() instanceof DoorInput.Secure);
        }
        return free;
    }
}
