package io.zhitong.systemtests;

import io.zhitong.cardreaders.CardWorldClient;
import io.zhitong.cardreaders.PcscReader;
import io.zhitong.cardspec.CardException;
import io.zhitong.virtualcard.world.CardWorldServer;
import io.zhitong.virtualcard.world.PcscDaemon;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * A card world with two readers, a pcscd that sees them through vpcd, and hands (虚拟卡与 PC/SC). One pcscd a machine: this
 * holds a lock of the machine; test classes that use it share the JUnit resource {@link #PCSCD} besides.
 */
final class PcscWorld implements AutoCloseable {
    /** Name of the JUnit resource. */
    static final String PCSCD = "pcscd";

    /** The readers as pcscd names them. */
    static final List<String> READERS = PcscDaemon.READERS;

    private static final List<String> IN_THE_WORLD = List.of("one", "two");
    private static final Duration START = Duration.ofSeconds(20);

    private final Path folder;
    private final int vpcdPort;
    private final CardWorldServer world;
    private final CardWorldClient hands;
    private Optional<PcscDaemon> pcscd = Optional.empty();
    private boolean closed;

    /** Over the cards in {@code folder/cards}; none of them lies on a reader yet. */
    PcscWorld(Path folder) throws IOException {
        Needs.nothing(PcscDaemon.missing());
        this.folder = folder;
        this.vpcdPort = PcscDaemon.freePorts();
        this.world = new CardWorldServer(
                new CardWorldServer.Settings(folder, 0, Optional.of(vpcdPort), IN_THE_WORLD, Optional.empty()),
                InstantSource.system());
        this.hands = new CardWorldClient(driver());
        startPcscd();
    }

    /** Port of the world's reader driver. */
    InetSocketAddress driver() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), world.port());
    }

    CardWorldClient hands() {
        return hands;
    }

    /** Lays a card on reader 0 or 1. */
    void lay(String card, int reader) {
        hands.insert(card, IN_THE_WORLD.get(reader));
    }

    /** Takes it away. */
    void take(int reader) {
        hands.remove(IN_THE_WORLD.get(reader));
    }

    /** Starts pcscd and waits until it shows both readers. */
    void startPcscd() throws IOException {
        pcscd = Optional.of(PcscDaemon.start(folder, vpcdPort));
        Await.until("both readers in pcscd", START, () -> shown().containsAll(READERS));
    }

    private static List<String> shown() {
        try {
            return PcscReader.names();
        } catch (CardException notYet) {
            return List.of();
        }
    }

    /** Ends pcscd as a package update would. */
    void stopPcscd() throws IOException {
        if (pcscd.isPresent()) {
            pcscd.get().close();
        }
        pcscd = Optional.empty();
    }

    /** A second time does nothing. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            stopPcscd();
            hands.close();
            world.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
