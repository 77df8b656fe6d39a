package io.zhitong.points;

import java.util.ArrayList;
import java.util.List;

/**
 * The door a second time, told from its whole history instead of from a state: for every moment it asks who had the lock
 * released, and reads opened, forced, held and unbolted off the contacts. Slow and without any branch of the machine.
 */
final class DoorByHistory {

    record Happening(long at, DoorInput input) {}

    private static final long NONE = Long.MIN_VALUE;

    private final DoorConfig config;
    private final List<Happening> history = new ArrayList<>();

    DoorByHistory(DoorConfig config) {
        this.config = config;
    }

    void add(long at, DoorInput input) {
        history.add(new Happening(at, input));
    }

    /** Whether the lock is released after the first {@code upTo} happenings, seen at {@code now}. */
    boolean relayOn(int upTo, long now) {
        return heldAfter(upTo) || until(upTo) > now;
    }

    /** Whether fire or free passage hold it after so many happenings. */
    private boolean heldAfter(int upTo) {
        boolean free = false;
        boolean fire = false;
        for (Happening h : history.subList(0, upTo)) {
            free = h.input() instanceof DoorInput.Free
                    || free && !(h.input() instanceof DoorInput.Normal || h.input() instanceof DoorInput.Secure);
            fire = h.input() instanceof DoorInput.Fire f ? f.burning() : fire;
        }
        return free || fire;
    }

    /** Until when the releases of the first happenings run. */
    private long until(int upTo) {
        long until = NONE;
        for (int i = 0; i < upTo; i++) {
            DoorInput input = history.get(i).input();
            if (input instanceof DoorInput.Release r) {
                until = Math.max(until, history.get(i).at() + r.pulseMillis());
            } else if (input instanceof DoorInput.Secure || ends(i)) {
                until = NONE;
            }
        }
        return until;
    }

    /** Whether a report of the leaf ends the release. */
    private boolean ends(int i) {
        boolean before = leaf(i);
        boolean after = leaf(i + 1);
        boolean catches = config.relock() == Relock.ON_OPEN && !before && after || before && !after;
        return catches && !heldAfter(i);
    }

    private boolean leaf(int upTo) {
        boolean leaf = false;
        for (Happening h : history.subList(0, upTo)) {
            leaf = h.input() instanceof DoorInput.Contact c ? c.open() : leaf;
        }
        return leaf;
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

    /** Held = some stretch of what is allowed since the opening in which nothing was held and nobody was released. */
    private boolean held(int opening, long now) {
        long quietSince = history.get(opening).at();
        long allowed = allowed(opening);
        boolean free = heldAfter(opening + 1);
        for (int i = opening + 1; i < history.size(); i++) {
            Happening h = history.get(i);
            if (!free && h.at() - quietSince >= allowed) {
                return true;
            }
            boolean wasFree = free;
            free = heldAfter(i + 1);
            if (h.input() instanceof DoorInput.Release || wasFree != free) {
                quietSince = h.at();
                allowed = allowed(i);
            }
        }
        return !free && now - quietSince >= allowed;
    }

    /** How long the leaf may stand open by all releases up to this happening that nobody has used up. */
    private long allowed(int index) {
        long allowed = config.heldAfterMillis();
        for (int i = 0; i <= index; i++) {
            if (history.get(i).input() instanceof DoorInput.Release r && unused(i, index)) {
                allowed = Math.max(allowed, r.openMillis());
            }
        }
        return allowed;
    }

    private boolean unused(int release, int index) {
        for (int j = release + 1; j <= index; j++) {
            long at = history.get(j).at();
            boolean shutBefore = !leaf(j) && !relayOn(j, at);
            boolean shutAfter = !leaf(j + 1) && !relayOn(j + 1, at);
            boolean closed = leaf(j) && !leaf(j + 1);
            if (shutBefore || shutAfter || closed) {
                return false;
            }
        }
        return true;
    }

    /** Whether the door was closed, not released and unbolted for three seconds since the bolt was last thrown. */
    boolean notLocked(long now) {
        boolean alarm = false;
        boolean out = false;
        long run = NONE;
        for (int i = 0; i <= history.size(); i++) {
            long from = i == 0 ? 0 : history.get(i - 1).at();
            long to = i == history.size() ? now : history.get(i).at();
            if (i > 0 && history.get(i - 1).input() instanceof DoorInput.Bolt bolt) {
                out = !bolt.thrown();
                alarm &= out;
            }
            run = run(i, out, from, run);
            alarm |= run != NONE && to - run >= 3_000;
        }
        return alarm;
    }

    /** Since when the bolt is missed after the first happenings, if it is by the end of that stretch. */
    private long run(int upTo, boolean out, long from, long before) {
        if (!out || leaf(upTo) || heldAfter(upTo)) {
            return NONE;
        }
        long off = until(upTo);
        if (off > from) {
            return off;
        }
        return before == NONE || before > from ? from : before;
    }
}
