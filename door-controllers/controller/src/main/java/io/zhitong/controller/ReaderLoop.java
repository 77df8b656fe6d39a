package io.zhitong.controller;

import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.Octets;
import io.zhitong.cardreaders.CardReader;
import io.zhitong.cardreaders.CardSession;
import io.zhitong.cardspec.CardException;
import io.zhitong.cardterminal.air.AirLink;
import io.zhitong.cardterminal.air.CardClock;
import io.zhitong.cardterminal.air.Tally;
import io.zhitong.decision.Decision;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches one reader (读卡循环): a card that comes is asked once and has to leave before it is asked again. Runs until
 * {@link #stop}; survives a reader that goes away and reports that it went.
 */
final class ReaderLoop implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(ReaderLoop.class);
    private static final Duration WATCH = Duration.ofSeconds(2);
    private static final long RETRY_MILLIS = 500;

    private final CardReader reader;
    private final Identifier identifier;
    private final Taps door;
    private final DoorRecords records;
    private final Supplier<DoorPolicy> policy;
    private final DoorClock clock;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private boolean lost;
    private boolean lying;

    ReaderLoop(
            CardReader reader,
            Identifier identifier,
            Taps door,
            DoorRecords records,
            Supplier<DoorPolicy> policy,
            DoorClock clock) {
        this.reader = reader;
        this.identifier = identifier;
        this.door = door;
        this.records = records;
        this.policy = policy;
        this.clock = clock;
    }

    @Override
    public void run() {
        while (stopped.getCount() > 0) {
            try {
                watch();
            } catch (CardException e) {
                gone(e);
            }
        }
        reader.close();
    }

    void stop() {
        stopped.countDown();
    }

    private void watch() {
        boolean present = reader.awaitChange(lying, WATCH);
        back();
        if (present && !lying && stopped.getCount() > 0) {
            tapped(System.nanoTime());
        }
        lying = present;
    }

    private void tapped(long since) {
        Shown shown;
        Tally onAir;
        try (CardSession session = reader.connect()) {
            CardClock card = CardClock.around(session);
            shown = identifier.identify(card, policy.get(), clock.now());
            onAir = card.take();
        }
        Decision decision = door.shown(shown);
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since);
        if (decision instanceof Decision.Deny deny) {
            LOG.info("point {} denied {} {} after {} ms", door.id().value(), deny.reason(), shown.log(), millis);
        } else {
            LOG.info(
                    "point {} granted, relay moved {} ms after the card came",
                    door.id().value(),
                    millis);
        }
        LOG.info("point {} on air {}", door.id().value(), AirLink.USUAL.report(onAir));
    }

    private void gone(CardException e) {
        if (e.reason() == CardException.Reason.REMOVED) {
            lying = false;
            return;
        }
        if (!lost) {
            lost = true;
            LOG.warn("reader {}: {}", reader.name(), e.getMessage());
            records.write(EventKind.READER_LOST, door.id(), Octets.EMPTY);
        }
        pause();
    }

    private void back() {
        if (lost) {
            lost = false;
            LOG.info("reader {} answers again", reader.name());
            records.write(EventKind.READER_BACK, door.id(), Octets.EMPTY);
        }
    }

    private void pause() {
        try {
            if (stopped.await(RETRY_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.debug("reader {} is not waited for any more", reader.name());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop();
        }
    }
}
