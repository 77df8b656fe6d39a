package io.zhitong.uhppote.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.uhppote.message.BoardEvent;
import io.zhitong.uhppote.message.GetEvent;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class EventRingTest {
    private final EventRing ring = new EventRing(3, 5);

    private void add(int times) {
        for (int i = 0; i < times; i++) {
            ring.add(new BoardEvent(ring.next(), 1, true, 1, 1, 7, Optional.empty(), 1));
        }
    }

    private long at(long index) {
        return ring.get(1, index).event().map(BoardEvent::index).orElse(0L);
    }

    @Test
    void an_empty_ring_has_neither_oldest_nor_newest() {
        assertEquals(0, at(GetEvent.OLDEST));
        assertEquals(0, at(GetEvent.NEWEST));
        assertFalse(ring.get(1, 1).overwritten());
        assertEquals(1, ring.next());
    }

    @Test
    void the_oldest_goes_when_the_ring_is_full() {
        add(4);
        assertEquals(2, at(GetEvent.OLDEST));
        assertEquals(4, at(GetEvent.NEWEST));
        assertTrue(ring.get(1, 1).overwritten());
        assertFalse(ring.get(1, 5).overwritten());
    }

    @Test
    void behind_the_last_index_it_begins_at_1_again() {
        add(7);
        assertEquals(5, at(GetEvent.OLDEST));
        assertEquals(2, at(GetEvent.NEWEST));
        assertEquals(5, at(5));
        assertEquals(1, at(1));
        assertTrue(ring.get(1, 4).overwritten());
        assertTrue(ring.get(1, 3).overwritten(), "the lap before's");
        assertFalse(ring.get(1, 6).overwritten(), "there is no sixth index");
    }
}
