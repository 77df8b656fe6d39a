package io.zhitong.cardreaders;

import io.zhitong.cardspec.CardException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A reader whose card is an object of this process (进程内读卡器): for simulations, tests, and a phone that is its own card.
 * Cards are laid and taken by other threads than the one that reads; a session ends when its card is taken.
 */
public final class InProcessReader implements CardReader {
    private final String name;
    private Optional<LocalCard> lying = Optional.empty();
    private long powerUps;

    /** A card as an object: {@code io.zhitong.cos.Card} has these two methods. */
    public interface LocalCard {
        /** Takes the power away and gives it back; answers the ATS. */
        byte[] reset();

        /** One command; data ‖ status word. */
        byte[] process(byte[] apdu);
    }

    /** Without a card at first. */
    public InProcessReader(String name) {
        this.name = name;
    }

    /** Lays a card on the reader, in place of one that lies there. */
    public synchronized void lay(LocalCard card) {
        changed(Optional.of(card));
    }

    /** Takes the card away. */
    public synchronized void take() {
        changed(Optional.empty());
    }

    private void changed(Optional<LocalCard> now) {
        lying = now;
        powerUps++;
        notifyAll();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public synchronized boolean cardPresent() {
        return lying.isPresent();
    }

    @Override
    public synchronized boolean awaitChange(boolean known, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (lying.isPresent() == known) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                break;
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        return lying.isPresent();
    }

    @Override
    public synchronized CardSession connect() {
        byte[] ats = lying.orElseThrow(InProcessReader::gone).reset();
        return new Session(++powerUps, ats);
    }

    private synchronized byte[] command(long session, byte[] apdu) {
        return lying.filter(card -> session == powerUps)
                .orElseThrow(InProcessReader::gone)
                .process(apdu);
    }

    private static CardException gone() {
        return new CardException(CardException.Reason.REMOVED, "no card on the reader, or another since");
    }

    @Override
    public void close() {
        // nothing is held
    }

    /** One power-up. */
    private final class Session implements CardSession {
        private final long number;
        private final byte[] ats;

        Session(long number, byte[] ats) {
            this.number = number;
            this.ats = ats;
        }

        @Override
        public byte[] transceive(byte[] apdu) {
            return command(number, apdu);
        }

        @Override
        public byte[] ats() {
            return ats.clone();
        }

        @Override
        public void close() {
            synchronized (InProcessReader.this) {
                powerUps += number == powerUps ? 1 : 0;
            }
        }
    }
}
