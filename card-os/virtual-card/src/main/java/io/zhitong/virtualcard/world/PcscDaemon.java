package io.zhitong.virtualcard.world;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A pcscd of our own that shows the first two readers of a card world (自带 PC/SC 服务), from Debian's packages pcscd and
 * vsmartcard-vpcd. There is one pcscd a machine: this waits for a lock of the machine, and needs the rights to write
 * {@code /run/pcscd}. Closing it ends the daemon.
 */
public final class PcscDaemon implements AutoCloseable {
    /** The readers as PC/SC programs see them. */
    public static final List<String> READERS = List.of("Card World 00 00", "Card World 00 01");

    private static final Path PROGRAM = Path.of("/usr/sbin/pcscd");
    private static final Path DRIVER = Path.of("/usr/lib/pcsc/drivers/serial/libifdvpcd.so");
    private static final Path LOCK = Path.of(System.getProperty("java.io.tmpdir"), "zhitong-pcscd.lock");
    private static final Path SOCKET = Path.of("/run/pcscd/pcscd.comm");
    private static final int FIRST_PORT = 29_000;
    private static final int LAST_PORT = 32_000;
    private static final int PATIENCE_SECONDS = 10;

    private final FileLock lock;
    private final Process process;

    private PcscDaemon(FileLock lock, Process process) {
        this.lock = lock;
        this.process = process;
    }

    /** The Debian package that is missing, if one is. */
    public static Optional<String> missing() {
        if (!Files.isExecutable(PROGRAM)) {
            return Optional.of("pcscd");
        }
        if (!Files.isWritable(SOCKET.getRoot().resolve("run"))) {
            return Optional.of("pcscd, and the rights to write /run");
        }
        return Files.isReadable(DRIVER) ? Optional.empty() : Optional.of("vsmartcard-vpcd");
    }

    /** A port that is free with its next; vpcd takes none above 32767. */
    public static int freePorts() throws IOException {
        for (int port = FIRST_PORT; port < LAST_PORT; port += 2) {
            try (ServerSocket one = new ServerSocket(port);
                    ServerSocket two = new ServerSocket(port + 1)) {
                return Math.min(one.getLocalPort(), two.getLocalPort());
            } catch (IOException taken) {
                // the next pair
            }
        }
        throw new IOException("expected two free ports between " + FIRST_PORT + " and " + LAST_PORT);
    }

    /**
     * Starts it and waits until it listens; its readers are there a moment later.
     *
     * @param folder for its configuration and log
     * @param port where vpcd is to listen, and on the next
     * @throws IOException if it does not start, with where its log is
     */
    public static PcscDaemon start(Path folder, int port) throws IOException {
        Path configuration = Files.createDirectories(folder.toAbsolutePath().resolve("pcscd"));
        Files.writeString(
                configuration.resolve("card-world"),
                "FRIENDLYNAME \"Card World\"\nDEVICENAME /dev/null:" + port + "\nLIBPATH " + DRIVER + "\nCHANNELID "
                        + port + "\n");
        FileChannel lockFile = FileChannel.open(LOCK, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = lockFile.lock();
        try {
            Process process = new ProcessBuilder(PROGRAM.toString(), "-f", "-i", "-c", configuration.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("pcscd.log").toFile()))
                    .start();
            awaitSocket(process, folder);
            return new PcscDaemon(lock, process);
        } catch (IOException e) {
            lockFile.close();
            throw e;
        }
    }

    private static void awaitSocket(Process process, Path folder) throws IOException {
        try {
            for (int i = 0; i < 10 * PATIENCE_SECONDS && !Files.exists(SOCKET); i++) {
                if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
                    throw new IOException("pcscd ended, see " + folder.resolve("pcscd.log"));
                }
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
        }
    }

    /** A second time does nothing. */
    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        lock.acquiredBy().close();
    }
}
