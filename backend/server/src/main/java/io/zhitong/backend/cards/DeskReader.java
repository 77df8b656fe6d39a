package io.zhitong.backend.cards;

import io.zhitong.backend.foundation.BackendRole;
import io.zhitong.backend.foundation.BackgroundThread;
import io.zhitong.backend.foundation.RunsIn;
import io.zhitong.backend.foundation.StartPhase;
import io.zhitong.backend.foundation.ZhitongSettings;
import io.zhitong.cardreaders.CardSession;
import io.zhitong.cardreaders.TcpReader;
import io.zhitong.cardspec.CardChannel;
import io.zhitong.cardspec.CardException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The desk's card reader (发卡台读卡器): relays APDUs between whoever works with the card and the reader; it knows no key. A
 * thread watches what comes and goes.
 */
@Component
@RunsIn(BackendRole.CONSOLE)
class DeskReader implements SmartLifecycle {
    /** What the reader says. */
    enum Presence {
        AWAY,
        EMPTY,
        CARD
    }

    /** Presence and how often it has changed: an equal sighting means the same card. */
    record Sighting(Presence presence, long number) {}

    private static final Duration WATCH = Duration.ofSeconds(2);
    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final long PATIENCE_SECONDS = 20;

    private final InetSocketAddress driver;
    private final ReentrantLock turn = new ReentrantLock(true);
    private volatile Sighting sighting = new Sighting(Presence.AWAY, 0);
    private final BackgroundThread thread = new BackgroundThread("desk-reader", this::watch);

    DeskReader(ZhitongSettings settings) {
        driver = InetSocketAddress.createUnresolved("127.0.0.1", settings.cardWorldListenPort());
    }

    Sighting sighting() {
        return sighting;
    }

    /** Whether somebody works with the card right now. */
    boolean busy() {
        return turn.isLocked();
    }

    /**
     * Powers the card, lets {@code work} speak with it, takes the power away. One at a time.
     *
     * @throws CardException as the card or the reader fails
     * @throws DeskRefusal NO_READER if others keep the reader for too long
     */
    <T> T withCard(Function<CardChannel, T> work) {
        take();
        try (TcpReader reader = new TcpReader(driver, "desk");
                CardSession session = reader.connect()) {
            return work.apply(session);
        } finally {
            turn.unlock();
        }
    }

    private void take() {
        try {
            if (!turn.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new DeskRefusal(DeskRefusal.Reason.NO_READER);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DeskRefusal(DeskRefusal.Reason.NO_READER, e);
        }
    }

    private void watch() {
        try (TcpReader reader = new TcpReader(driver, "desk")) {
            boolean known = false;
            while (thread.running()) {
                known = look(reader, known);
            }
        }
    }

    private boolean look(TcpReader reader, boolean known) {
        try {
            boolean present =
                    sighting.presence() == Presence.AWAY ? reader.cardPresent() : reader.awaitChange(known, WATCH);
            see(present ? Presence.CARD : Presence.EMPTY);
            return present;
        } catch (CardException e) {
            see(Presence.AWAY);
            thread.pause(AGAIN);
            return false;
        }
    }

    private void see(Presence now) {
        Sighting before = sighting;
        if (before.presence() != now) {
            sighting = new Sighting(now, before.number() + 1);
        }
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public void stop() {
        thread.stop();
    }

    @Override
    public boolean isRunning() {
        return thread.running();
    }

    @Override
    public int getPhase() {
        return StartPhase.GATEWAY;
    }
}
