package io.zhitong.systemtests;

import io.zhitong.cardreaders.CardWorldClient;
import io.zhitong.cardreaders.PcscReader;
import io.zhitong.cardspec.CardException;
import io.zhitong.virtualcard.world.CardWorldServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A card world with two readers, a pcscd that sees them through vpcd, and hands (虚拟卡与 PC/SC). One pcscd a machine: this
 * holds a lock of the machine; test classes that use it share the JUnit resource {@link #PCSCD} besides.
 */
final class PcscWorld implements AutoCloseable {
    /** Name of the JUnit resource. */
    static final String PCSCD = "pcscd";

    /** The readers as pcscd names them. */
    static final List<String> READERS = List.of("Card World 00 00", "Card World 00 01");

    private static final List<String> IN_THE_WORLD = List.of("one", "two");
    private static final Path DRIVER = Path.of("/usr/lib/pcsc/drivers/serial/libifdvpcd.so");
    private static final Path LOCK = Path.of(System.getProperty("java.io.tmpdir"), "zhitong-pcscd.lock");
    private static final Duration START = Duration.ofSeconds(20);

    private final Path folder;
    private final FileChannel lockFile;
    private final FileLock lock;
    private final CardWorldServer world;
    private final CardWorldClient hands;
    private Optional<Process> pcscd = Optional.empty();

    /** Over the cards in {@code folder/cards}; none of them lies on a reader yet. */
    PcscWorld(Path folder) throws IOException {
        Needs.program("/usr/sbin/pcscd", "pcscd");
        Needs.file(DRIVER, "vsmartcard-vpcd");
        this.folder = folder;
        this.lockFile = FileChannel.open(LOCK, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        this.lock = lockFile.lock();
        int port = twoFreePorts();
        this.world = new CardWorldServer(
                new CardWorldServer.Settings(folder, 0, Optional.of(port), IN_THE_WORLD, Optional.empty()),
                InstantSource.system());
        this.hands = new CardWorldClient(new InetSocketAddress(InetAddress.getLoopbackAddress(), world.port()));
        Files.writeString(
                Files.createDirectories(folder.resolve("readers")).resolve("card-world"),
                "FRIENDLYNAME \"Card World\"\nDEVICENAME /dev/null:" + port + "\nLIBPATH " + DRIVER + "\nCHANNELID "
                        + port + "\n");
        startPcscd();
    }

    /** vpcd wants ports below 32768. */
    private static int twoFreePorts() {
        for (int port = 29_000; port < 32_000; port += 2) {
            try (ServerSocket one = new ServerSocket(port);
                    ServerSocket two = new ServerSocket(port + 1)) {
                return one.getLocalPort() < two.getLocalPort() ? port : 0;
            } catch (IOException taken) {
                // the next pair
            }
        }
        throw new IllegalStateException("no two free ports between 29000 and 32000");
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
        pcscd = Optional.of(new ProcessBuilder(
                        "/usr/sbin/pcscd",
                        "-f",
                        "-i",
                        "-c",
                        folder.resolve("readers").toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("pcscd.log").toFile()))
                .start());
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
    void stopPcscd() {
        pcscd.ifPresent(PcscWorld::end);
        pcscd = Optional.empty();
    }

    private static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A second time does nothing. */
    @Override
    public void close() {
        if (!lock.isValid()) {
            return;
        }
        stopPcscd();
        hands.close();
        try {
            world.close();
            lock.release();
            lockFile.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
