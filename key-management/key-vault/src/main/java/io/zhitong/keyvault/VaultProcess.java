package io.zhitong.keyvault;

import io.zhitong.smcrypto.RandomSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A vault that serves (密钥库进程): folder, lock, vault, port. Closing stops it cleanly. */
public final class VaultProcess implements AutoCloseable {
    private static final int FORGET_SECONDS = 20;
    private static final int CARE_SECONDS = 60;
    private static final Logger LOG = LoggerFactory.getLogger(VaultProcess.class);

    /**
     * How to start.
     *
     * @param data the vault's folder
     * @param port on loopback; 0 takes a free one
     * @param demo whether a vault without master keys makes them with a marked demo quorum
     * @param shares share files; none means the demo's own, or to start sealed
     * @param newToken whether to make a new enrolment token
     */
    public record Settings(Path data, int port, boolean demo, List<Path> shares, boolean newToken) {}

    private final Path data;
    private final FileChannel lock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(VaultProcess::daemon);
    private final Vault vault;
    private final VaultServer server;

    private VaultProcess(Path data, FileChannel lock, Vault vault, VaultServer server) {
        this.data = data;
        this.lock = lock;
        this.vault = vault;
        this.server = server;
        every(FORGET_SECONDS, vault.unsealing()::forgetOld);
    }

    private void every(int seconds, Runnable work) {
        timer.scheduleWithFixedDelay(() -> orLogged(work), seconds, seconds, TimeUnit.SECONDS);
    }

    /** The edge of the process: what fails here is tried again when it is due again. */
    private static void orLogged(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.error("what was due could not be done", e);
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "vault-timer");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Opens the vault and serves it.
     *
     * @throws VaultException when the vault does not open
     * @throws IOException when the port is taken
     */
    public static VaultProcess start(Settings settings, Clock clock, RandomSource random) throws IOException {
        return start(settings, new VaultFolder(settings.data()), clock, random);
    }

    static VaultProcess start(Settings settings, VaultFolder folder, Clock clock, RandomSource random)
            throws IOException {
        Files.createDirectories(settings.data());
        FileChannel lock = lock(settings.data());
        try {
            return startLocked(lock, settings, folder, clock, random);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static VaultProcess startLocked(
            FileChannel lock, Settings settings, VaultFolder folder, Clock clock, RandomSource random)
            throws IOException {
        Vault vault = folder.open(random, clock);
        try {
            PublicFiles files = new PublicFiles(settings.data(), vault);
            vault.onOpened(files::writeMasters);
            files.writeOperational();
            files.offerToken(settings.newToken());
            openMasters(folder, vault, settings, random, clock);
            RevocationFiles revocations = new RevocationFiles(settings.data(), vault.machines(), clock);
            revocations.write();
            OwnIdentities identities = new OwnIdentities(settings.data(), vault);
            vault.machines().onRevoked(() -> {
                orLogged(revocations::write);
                orLogged(identities::renew);
            });
            VaultServer server = VaultServer.start(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), settings.port()),
                    identities::tls,
                    VaultSession.of(vault, files::withdrawToken));
            ServedVault.announce(settings.data(), vault, server.port());
            VaultProcess process = new VaultProcess(settings.data(), lock, vault, server);
            process.every(CARE_SECONDS, identities::renew);
            process.every(CARE_SECONDS, revocations::refresh);
            return process;
        } catch (IOException | RuntimeException e) {
            vault.close();
            throw e;
        }
    }

    /** By shares given at the start, or by a demo's own; else the vault starts sealed and waits for its custodians. */
    private static void openMasters(
            VaultFolder folder, Vault vault, Settings settings, RandomSource random, Clock clock) {
        if (!vault.masters().made()) {
            if (settings.demo()) {
                folder.makeDemo(vault, random, clock);
            }
        } else if (!settings.shares().isEmpty() || folder.opensByItself()) {
            folder.unseal(vault, settings.shares());
        }
        if (vault.status().demoQuorum()) {
            LOG.warn("DEMO QUORUM 演示用分量: the shares lie beside the store, everybody who can read them opens it");
        }
        LOG.info(
                "vault is {} {}",
                vault.status().state().english(),
                vault.status().state().chinese());
    }

    /** Two processes on one store would each write generations the other does not know. */
    static FileChannel lock(Path data) throws IOException {
        FileChannel channel =
                FileChannel.open(data.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            LOG.debug("locked within this process: {}", e.getMessage());
        }
        channel.close();
        throw new VaultException(VaultFault.IN_USE, "stop the vault that serves " + data + " first");
    }

    /** The port it listens on, on loopback. */
    public int port() {
        return server.port();
    }

    /** The vault itself, for this process. */
    public Vault vault() {
        return vault;
    }

    @Override
    public void close() {
        timer.shutdownNow();
        vault.replication().close();
        server.close();
        vault.close();
        try {
            ServedVault.withdraw(data);
            lock.close();
        } catch (IOException e) {
            LOG.warn("the lock could not be released: {}", e.getMessage());
        }
    }
}
