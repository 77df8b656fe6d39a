package io.zhitong.controller;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cardreaders.CardReader;
import io.zhitong.cardreaders.CardSession;
import io.zhitong.cardspec.CardException;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.edge.Health;
import io.zhitong.smcrypto.Hex;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The slot of the access SAM over connections that die. */
class SamSlotTest {
    private static final byte[] MAC = Hex.parse("0102030405060708");
    private static final CredentialNumber CARD = new CredentialNumber(4_403_000_100_000_001L);

    private final Health health = new Health();
    private final Slot reader = new Slot();
    private final SamSlot slot = new SamSlot(reader, health);

    /** Every power-up answers so many commands and is dead then. */
    private static final class Slot implements CardReader {
        private int powerUps;
        private int answers = Integer.MAX_VALUE;
        private boolean there = true;

        @Override
        public String name() {
            return "sam-controller";
        }

        @Override
        public boolean cardPresent() {
            return there;
        }

        @Override
        public boolean awaitChange(boolean known, Duration timeout) {
            return there;
        }

        @Override
        public CardSession connect() {
            if (!there) {
                throw new CardException(CardException.Reason.READER_FAILED, "unplugged");
            }
            powerUps++;
            return new Sam(answers);
        }

        @Override
        public void close() {
            there = false;
        }
    }

    private static final class Sam implements CardSession {
        private int left;

        Sam(int left) {
            this.left = left;
        }

        @Override
        public byte[] ats() {
            return new byte[0];
        }

        @Override
        public byte[] transceive(byte[] apdu) {
            if (left-- <= 0) {
                throw new CardException(CardException.Reason.READER_FAILED, "connection lost");
            }
            return Hex.parse((apdu[1] & 0xFF) == 0xFA ? "01020304050607089000" : "9000");
        }

        @Override
        public void close() {
            left = 0;
        }
    }

    private byte[] mac() {
        return slot.mac(1, CARD, new byte[30]);
    }

    @Test
    void is_powered_once_for_many_answers() {
        assertArrayEquals(MAC, mac());
        assertArrayEquals(MAC, mac());
        assertEquals(1, reader.powerUps);
    }

    @Test
    void session_that_died_between_two_taps_is_made_anew_and_nobody_is_denied() {
        // SELECT and the two commands of the first answer
        reader.answers = 3;
        assertArrayEquals(MAC, mac());
        assertArrayEquals(MAC, mac());
        assertEquals(2, reader.powerUps);
        assertTrue(health.faults().isEmpty(), health.faults().toString());
    }

    @Test
    void sam_that_is_gone_is_a_fault_and_a_refusal_until_it_is_back() {
        reader.answers = 3;
        assertArrayEquals(MAC, mac());
        reader.there = false;
        assertThrows(CardException.class, this::mac);
        assertEquals(1, health.faults().size());
        reader.there = true;
        assertArrayEquals(MAC, mac());
        assertTrue(health.faults().isEmpty());
    }

    @Test
    void sam_that_never_answers_is_asked_once() {
        reader.answers = 0;
        assertThrows(CardException.class, this::mac);
        assertEquals(1, reader.powerUps);
    }
}
