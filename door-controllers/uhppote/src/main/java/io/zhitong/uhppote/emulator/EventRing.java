package io.zhitong.uhppote.emulator;

import io.zhitong.uhppote.message.BoardEvent;
import io.zhitong.uhppote.message.EventAnswer;
import io.zhitong.uhppote.message.GetEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The newest events of a board (记录环). Indices rise by one; behind the last index the board has it begins at 1 again. Not
 * thread-safe.
 */
final class EventRing {

    private final int capacity;
    private final long lastIndex;
    private final Deque<BoardEvent> events = new ArrayDeque<>();
    private boolean lapped;

    /** @param lastIndex the highest index; the one behind it is 1 */
    EventRing(int capacity, long lastIndex) {
        this.capacity = capacity;
        this.lastIndex = lastIndex;
    }

    /** Index of the next event. */
    long next() {
        return events.isEmpty() || events.getLast().index() == lastIndex
                ? 1
                : events.getLast().index() + 1;
    }

    void add(BoardEvent event) {
        lapped |= !events.isEmpty() && event.index() < events.getLast().index();
        events.addLast(event);
        if (events.size() > capacity) {
            events.removeFirst();
        }
    }

    Optional<BoardEvent> newest() {
        return Optional.ofNullable(events.peekLast());
    }

    boolean holds(long index) {
        return index == 0 || newest().map(each -> index <= each.index()).orElse(false);
    }

    EventAnswer get(long serial, long index) {
        Optional<BoardEvent> found = index == GetEvent.OLDEST
                ? Optional.ofNullable(events.peekFirst())
                : index == GetEvent.NEWEST ? newest() : find(index);
        return new EventAnswer(serial, found, found.isEmpty() && wasThere(index));
    }

    private boolean wasThere(long index) {
        return index >= 1
                && index <= lastIndex
                && (lapped || newest().map(each -> index < each.index()).orElse(false));
    }

    private Optional<BoardEvent> find(long index) {
        return events.stream().filter(each -> each.index() == index).findFirst();
    }
}
