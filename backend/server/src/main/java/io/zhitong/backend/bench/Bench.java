package io.zhitong.backend.bench;

import io.zhitong.backend.foundation.ZhitongSettings;
import io.zhitong.cardreaders.CardWorldClient;
import io.zhitong.cardspec.CardException;
import jakarta.annotation.PreDestroy;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The hands of the demo bench (演示台操作): lays cards on readers, takes them away, pulls them out half-way. Thread-safe. */
@Component
@OnDemo
public class Bench {

    /** Profiles a newcomer may make; SAMs are made by the key custodian's tools. */
    public static final List<String> PROFILES = List.of("community", "blank");

    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}-]{0,31}");
    private static final int LAST_OPERATION = 10_000;

    /** As long as people hold a card at a reader. */
    private static final Duration HOLD = Duration.ofMillis(1500);

    private static final Logger LOG = LoggerFactory.getLogger(Bench.class);

    private final CardWorldClient world;
    private final ScheduledExecutorService hand = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "bench-hand");
        thread.setDaemon(true);
        return thread;
    });

    Bench(ZhitongSettings settings) {
        world = new CardWorldClient(InetSocketAddress.createUnresolved("127.0.0.1", settings.cardWorldListenPort()));
    }

    /** Nothing when the card world does not answer. */
    public Optional<WorldState> look() {
        try {
            return Optional.of(WorldJson.parse(world.list(), world.relays(), world.told()));
        } catch (CardException e) {
            return Optional.empty();
        }
    }

    /** Lays a card on a reader. */
    public void put(String card, String reader) {
        world.insert(named(card), named(reader));
    }

    /** Lays a card on a reader, holds it there as a hand does, and takes it away again. */
    public void tap(String card, String reader) {
        put(card, reader);
        hand.schedule(() -> takeBack(card, reader), HOLD.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Only that card: by now another may lie there. */
    private void takeBack(String card, String reader) {
        try {
            WorldState now = WorldJson.parse(world.list(), world.relays(), world.told());
            if (now.cardOn(reader).filter(lying -> lying.name().equals(card)).isPresent()) {
                world.remove(reader);
            }
        } catch (CardException e) {
            LOG.info("card {} stays on {}: {}", card, reader, e.getMessage());
        }
    }

    /** Takes the card off a reader. */
    public void lift(String reader) {
        world.remove(named(reader));
    }

    /** Makes a factory-fresh card. */
    public void make(String name, String profile) {
        if (!PROFILES.contains(profile)) {
            throw new BenchRefusal(BenchRefusal.Reason.UNKNOWN_PROFILE);
        }
        world.newCard(named(name), profile);
    }

    /**
     * The power of the card on the reader will fail in its next command.
     *
     * @param operation at which program or erase operation, 1 to 10000
     */
    public void tear(String reader, int operation) {
        if (operation < 1 || operation > LAST_OPERATION) {
            throw new BenchRefusal(BenchRefusal.Reason.BAD_OPERATION);
        }
        world.tear(named(reader), operation);
    }

    private static String named(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new BenchRefusal(BenchRefusal.Reason.BAD_NAME);
        }
        return name;
    }

    @PreDestroy
    void close() {
        hand.shutdownNow();
        world.close();
    }
}
