package io.zhitong.pos;

import io.zhitong.cardreaders.CardReader;
import io.zhitong.cardreaders.CardSession;
import io.zhitong.cardspec.CardException;
import io.zhitong.cos.Card;
import io.zhitong.cos.chip.PowerLoss;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * A reader over real cards, moved by a hand whose acts come one by one whenever the till waits: nothing depends on the time
 * that passes.
 */
final class HandReader implements CardReader {
    /** Whether the card still carries out the command at which it leaves. */
    enum Leaving {
        BEFORE,
        AFTER
    }

    private final Deque<Runnable> acts = new ArrayDeque<>();
    private Optional<Card> card = Optional.empty();
    private Predicate<byte[]> at = apdu -> false;
    private BiFunction<byte[], Session, byte[]> what = (apdu, session) -> session.answer(apdu);
    private boolean broken;
    private int powered;

    static HandReader empty() {
        return new HandReader();
    }

    static HandReader with(Card card) {
        HandReader reader = new HandReader();
        reader.put(card);
        return reader;
    }

    /** Done when the till waits the next time. */
    HandReader then(Runnable act) {
        acts.add(act);
        return this;
    }

    HandReader thenPut(Card next) {
        return then(() -> put(next));
    }

    void put(Card next) {
        card = Optional.of(next);
    }

    void lift() {
        card = Optional.empty();
    }

    /** The card leaves at its next command of that INS, once. */
    HandReader leavesAt(int ins, Leaving when) {
        return at(ins, (apdu, session) -> {
            if (when == Leaving.AFTER) {
                session.answer(apdu);
            }
            lift();
            throw removed();
        });
    }

    /** Done at the next command of that INS, before the card sees it. */
    HandReader atCommand(int ins, Runnable act) {
        return at(ins, (apdu, session) -> {
            act.run();
            return session.answer(apdu);
        });
    }

    /** The next command of that INS is answered with these bytes and does not reach the card. */
    HandReader answersAt(int ins, byte[] answer) {
        return at(ins, (apdu, session) -> answer.clone());
    }

    private HandReader at(int ins, BiFunction<byte[], Session, byte[]> act) {
        at = apdu -> (apdu[1] & 0xFF) == ins;
        what = act;
        return this;
    }

    void breaks(boolean now) {
        broken = now;
    }

    int powered() {
        return powered;
    }

    int actsLeft() {
        return acts.size();
    }

    @Override
    public String name() {
        return "hand";
    }

    @Override
    public boolean cardPresent() {
        failIfBroken();
        return card.isPresent();
    }

    @Override
    public boolean awaitChange(boolean known, Duration timeout) {
        failIfBroken();
        Runnable act = acts.poll();
        if (act == null) {
            waitFor(timeout);
        } else {
            act.run();
        }
        return card.isPresent();
    }

    /** Nobody comes: a short wait stands for a long one. */
    private static void waitFor(Duration timeout) {
        try {
            long nanos = Math.min(timeout.toNanos(), 2_000_000);
            if (new CountDownLatch(1).await(nanos, TimeUnit.NANOSECONDS)) {
                throw new AssertionError("nobody counts down");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public CardSession connect() {
        failIfBroken();
        Card powering = card.orElseThrow(HandReader::removed);
        byte[] ats = powering.reset();
        powered++;
        return new Session(powering, ats);
    }

    @Override
    public void close() {
        lift();
    }

    private void failIfBroken() {
        if (broken) {
            throw new CardException(CardException.Reason.READER_FAILED, "planted");
        }
    }

    private static CardException removed() {
        return new CardException(CardException.Reason.REMOVED, "no card");
    }

    private final class Session implements CardSession {
        private final Card powered;
        private final byte[] ats;

        Session(Card powered, byte[] ats) {
            this.powered = powered;
            this.ats = ats;
        }

        @Override
        public byte[] transceive(byte[] apdu) {
            failIfBroken();
            if (card.filter(each -> each == powered).isEmpty()) {
                throw removed();
            }
            return at.test(apdu) ? special(apdu) : answer(apdu);
        }

        private byte[] special(byte[] apdu) {
            at = each -> false;
            return what.apply(apdu, this);
        }

        byte[] answer(byte[] apdu) {
            try {
                return powered.process(apdu);
            } catch (PowerLoss e) {
                lift();
                throw removed();
            }
        }

        @Override
        public byte[] ats() {
            return ats.clone();
        }

        @Override
        public void close() {
            // its power goes with the next reset
        }
    }
}
