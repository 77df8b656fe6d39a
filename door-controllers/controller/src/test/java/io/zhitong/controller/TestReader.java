package io.zhitong.controller;

import io.zhitong.cardreaders.CardReader;
import io.zhitong.cardreaders.CardSession;
import io.zhitong.cardspec.CardException;
import io.zhitong.smcrypto.Hex;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A reader in memory: the test lays cards on it, pulls them away in the middle, or breaks it. */
final class TestReader implements CardReader {

    private final List<String> commands = new CopyOnWriteArrayList<>();
    private Optional<TestCard> card = Optional.empty();
    private boolean broken;
    private boolean seenEmpty;
    private int leavesAfter = Integer.MAX_VALUE;
    private volatile CountDownLatch slow = new CountDownLatch(0);

    synchronized void lay(TestCard laid) {
        card = Optional.of(laid);
        notifyAll();
    }

    /** Whether somebody has noticed since the last {@link #lift} that no card lies here. */
    synchronized boolean seenEmpty() {
        return seenEmpty;
    }

    synchronized void lift() {
        card = Optional.empty();
        seenEmpty = false;
        leavesAfter = Integer.MAX_VALUE;
        notifyAll();
    }

    synchronized void breaks(boolean now) {
        broken = now;
        notifyAll();
    }

    /** The next card leaves when it has answered so many commands. */
    synchronized void leavesAfter(int answers) {
        leavesAfter = answers;
    }

    /** Cards answer only when the latch opens. */
    void answersAfter(CountDownLatch latch) {
        slow = latch;
    }

    /** Every command so far, in hex. */
    List<String> commands() {
        return List.copyOf(commands);
    }

    @Override
    public String name() {
        return "test";
    }

    @Override
    public synchronized boolean cardPresent() {
        if (broken) {
            throw new CardException(CardException.Reason.READER_FAILED, "unplugged");
        }
        return card.isPresent();
    }

    @Override
    public synchronized boolean awaitChange(boolean known, Duration timeout) {
        long end = System.nanoTime() + timeout.toNanos();
        while (!broken && card.isPresent() == known && System.nanoTime() < end) {
            try {
                wait(Math.max(1, (end - System.nanoTime()) / 1_000_000));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        seenEmpty |= card.isEmpty();
        return cardPresent();
    }

    @Override
    public synchronized CardSession connect() {
        TestCard powered = card.orElseThrow(TestReader::gone);
        byte[] ats = powered.reset();
        return new CardSession() {
            @Override
            public byte[] ats() {
                return ats.clone();
            }

            @Override
            public byte[] transceive(byte[] apdu) {
                try {
                    slow.await();
                } catch (InterruptedException e) {
                    throw gone();
                }
                return answer(powered, apdu);
            }

            @Override
            public void close() {
                // power is taken away at the next reset
            }
        };
    }

    private synchronized byte[] answer(TestCard powered, byte[] apdu) {
        if (leavesAfter-- <= 0) {
            lift();
        }
        if (card.filter(lying -> lying == powered).isEmpty()) {
            throw gone();
        }
        commands.add(Hex.of(apdu));
        return powered.transceive(apdu);
    }

    private static CardException gone() {
        return new CardException(CardException.Reason.REMOVED, "no card");
    }

    @Override
    public void close() {
        // nothing is held
    }
}
