package io.zhitong.pos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.zhitong.cardreaders.CardReader;
import io.zhitong.cardreaders.CardSession;
import io.zhitong.cardspec.CardException;
import io.zhitong.cardterminal.Psam;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The PSAM's slot over a reader whose connection dies between two sales. */
class SamSlotTest {
    private final Line line = new Line();
    private final SamSlot slot = new SamSlot(line);

    /** A reader behind a connection that is noticed to be dead when it is used, and made anew then. */
    private static final class Line implements CardReader {
        private final HandReader reader = HandReader.with(TestCards.psam());
        private boolean dead;

        @Override
        public String name() {
            return reader.name();
        }

        @Override
        public boolean cardPresent() {
            if (dead) {
                dead = false;
                throw new CardException(CardException.Reason.READER_FAILED, "connection lost");
            }
            return reader.cardPresent();
        }

        @Override
        public boolean awaitChange(boolean known, Duration timeout) {
            return reader.awaitChange(known, timeout);
        }

        @Override
        public CardSession connect() {
            return reader.connect();
        }

        @Override
        public void close() {
            reader.close();
        }
    }

    @Test
    void module_stays_powered_between_sales() {
        Psam first = slot.psam();
        assertSame(first, slot.psam());
        assertEquals(1, line.reader.powered());
    }

    @Test
    void module_behind_a_connection_that_died_is_powered_again_before_the_sale() {
        Psam first = slot.psam();
        line.dead = true;
        assertNotSame(first, slot.psam());
        assertEquals(2, line.reader.powered());
    }

    @Test
    void empty_slot_is_said() {
        slot.psam();
        line.reader.lift();
        assertThrows(CardException.class, slot::psam);
    }
}
