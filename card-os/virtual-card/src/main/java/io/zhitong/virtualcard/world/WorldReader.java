package io.zhitong.virtualcard.world;

import io.zhitong.cardspec.ReaderFrame.Status;
import io.zhitong.cos.Card;
import io.zhitong.cos.chip.PowerCut;
import io.zhitong.cos.chip.PowerLoss;
import io.zhitong.cos.chip.TornContent;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One simulated reader (虚拟读卡器): at most one card lies on it. Every power-up gives a ticket; commands under an older
 * ticket, or after the card was taken away, answer "card left". Thread-safe; commands are done one after the other.
 */
final class WorldReader {
    private final String name;
    private Optional<WorldCard> lying = Optional.empty();
    private Optional<Card> powered = Optional.empty();
    private Optional<PowerCut> cut = Optional.empty();
    private long ticket;
    private long changes;

    WorldReader(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    synchronized Optional<String> cardName() {
        return lying.map(WorldCard::name);
    }

    synchronized boolean present() {
        return lying.isPresent();
    }

    synchronized State state() {
        return new State(changes, lying.isPresent());
    }

    /** ATS of the card that lies there. */
    synchronized Optional<byte[]> ats() {
        return lying.map(WorldCard::ats);
    }

    synchronized void lay(WorldCard card) {
        if (lying.isPresent()) {
            throw WorldFault.badRequest("reader " + name + " holds a card already; remove it first");
        }
        lying = Optional.of(card);
        changed();
    }

    synchronized void take() {
        if (lying.isPresent()) {
            lying = Optional.empty();
            changed();
        }
    }

    private void changed() {
        powered = Optional.empty();
        cut = Optional.empty();
        changes++;
        notifyAll();
    }

    /** Power-up: what the session needs for its commands. */
    synchronized Session powerOn() {
        WorldCard card = lying.orElseThrow(() -> new WorldFault(Status.NO_CARD, "no card on reader " + name));
        Card live = card.powerUp();
        powered = Optional.of(live);
        return new Session(++ticket, live.reset());
    }

    synchronized void powerOff(long session) {
        if (session == ticket) {
            powered = Optional.empty();
        }
    }

    /** One command of the session. */
    synchronized byte[] command(long session, byte[] apdu) {
        Card card = powered.filter(c -> session == ticket)
                .orElseThrow(() -> new WorldFault(Status.CARD_LEFT, "the card on " + name + " has no power any more"));
        cut.ifPresent(plan -> card.nvm().cutPower(plan));
        int before = card.nvm().operations();
        try {
            byte[] answer = card.process(apdu);
            card.nvm().keepPower();
            if (card.nvm().operations() != before) {
                cut = Optional.empty();
            }
            return answer;
        } catch (PowerLoss e) {
            powered = Optional.empty();
            cut = Optional.empty();
            throw new WorldFault(Status.CARD_LEFT, "power failed inside the command");
        }
    }

    /** Power fails at that operation of the next command that writes; those before it that only read pass unharmed. */
    synchronized void tear(int operation) {
        if (lying.isEmpty()) {
            throw new WorldFault(Status.NO_CARD, "no card on reader " + name);
        }
        cut = Optional.of(new PowerCut(operation, TornContent.RANDOM));
    }

    /** Waits until a card was laid down or taken away since that count, or the time is over. */
    synchronized State awaitChange(long seen, long millis) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (changes == seen) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                break;
            }
            wait(left);
        }
        return state();
    }

    /** What lies there, and how often a card was laid down or taken away. */
    record State(long changes, boolean present) {}

    /** A power-up. */
    record Session(long ticket, byte[] ats) {}
}
