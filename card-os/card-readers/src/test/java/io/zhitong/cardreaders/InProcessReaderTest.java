package io.zhitong.cardreaders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cardspec.CardException;
import io.zhitong.smcrypto.Hex;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class InProcessReaderTest {
    private final InProcessReader reader = new InProcessReader("here");

    /** Answers every command with its own name and counts power-ups. */
    private static final class Named implements InProcessReader.LocalCard {
        private final String name;
        private int powerUps;

        Named(String hex) {
            this.name = hex;
        }

        @Override
        public byte[] reset() {
            powerUps++;
            return Hex.parse("0878");
        }

        @Override
        public byte[] process(byte[] apdu) {
            return Hex.parse(name + "9000");
        }
    }

    private static String ask(CardSession session) {
        return Hex.of(session.transceive(Hex.parse("00a40000")));
    }

    private static CardException.Reason refused(CardSession session) {
        return assertThrows(CardException.class, () -> ask(session)).reason();
    }

    @Test
    void card_is_powered_once_a_session_and_answers() {
        Named card = new Named("aa");
        assertEquals(
                CardException.Reason.REMOVED,
                assertThrows(CardException.class, reader::connect).reason());
        reader.lay(card);
        try (CardSession session = reader.connect()) {
            assertEquals("0878", Hex.of(session.ats()));
            assertEquals("aa9000", ask(session));
            assertEquals("aa9000", ask(session));
        }
        assertEquals(1, card.powerUps);
    }

    @Test
    void session_ends_with_its_card_its_close_and_the_next_session() {
        reader.lay(new Named("aa"));
        CardSession first = reader.connect();
        CardSession second = reader.connect();
        assertEquals(CardException.Reason.REMOVED, refused(first), "a card has one power");
        first.close();
        assertEquals("aa9000", ask(second), "closing an old session takes nothing from the new one");
        reader.lay(new Named("bb"));
        assertEquals(CardException.Reason.REMOVED, refused(second), "another card does not answer for the first");
        CardSession third = reader.connect();
        assertEquals("bb9000", ask(third));
        third.close();
        assertEquals(CardException.Reason.REMOVED, refused(third));
    }

    @Test
    void waiting_thread_is_woken_by_the_card_and_by_its_removal() throws Exception {
        ExecutorService waiting = Executors.newSingleThreadExecutor();
        try {
            Future<Boolean> came = waiting.submit(() -> reader.awaitChange(false, Duration.ofSeconds(20)));
            reader.lay(new Named("aa"));
            assertTrue(came.get(5, TimeUnit.SECONDS));
            Future<Boolean> left = waiting.submit(() -> reader.awaitChange(true, Duration.ofSeconds(20)));
            reader.take();
            assertFalse(left.get(5, TimeUnit.SECONDS));
            assertFalse(reader.awaitChange(false, Duration.ofMillis(30)), "nothing comes, the wait ends");
            assertFalse(reader.awaitChange(true, Duration.ZERO), "what differs already is answered at once");
        } finally {
            waiting.shutdownNow();
        }
    }
}
