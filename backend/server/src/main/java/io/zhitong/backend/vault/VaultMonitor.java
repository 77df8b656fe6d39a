package io.zhitong.backend.vault;

import io.zhitong.backend.foundation.StartPhase;
import io.zhitong.backend.web.Banner;
import io.zhitong.backend.web.BannerSource;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.VaultMark;
import io.zhitong.keyapi.VaultStatus;
import io.zhitong.machinetls.MachineTlsException;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Asks the vault every few seconds how it is, so that each page can say so without waiting for it (密钥库监视). */
@Component
final class VaultMonitor implements SmartLifecycle, BannerSource {
    private static final Logger LOG = LoggerFactory.getLogger(VaultMonitor.class);
    private static final long EVERY_SECONDS = 5;

    private final KeyService vault;
    private final Witness witness;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "vault-monitor");
        thread.setDaemon(true);
        return thread;
    });
    private volatile Optional<VaultStatus> status = Optional.empty();
    private volatile boolean away;
    private boolean unheard;
    private volatile boolean running;

    VaultMonitor(KeyService vault, Witness witness) {
        this.vault = vault;
        this.witness = witness;
    }

    @Override
    public Optional<Banner> banner() {
        if (away) {
            return Optional.of(new Banner(Banner.Level.DANGER, "vault.banner.away"));
        }
        return status.flatMap(VaultMonitor::bannerOf);
    }

    private static Optional<Banner> bannerOf(VaultStatus status) {
        return switch (status.state()) {
            case SEALED -> warning("vault.banner.sealed");
            case UNBORN -> warning("vault.banner.unborn");
            case RESTORED -> Optional.of(new Banner(Banner.Level.DANGER, "vault.banner.restored"));
            case OPEN -> marked(status.mark());
        };
    }

    private static Optional<Banner> marked(VaultMark mark) {
        return switch (mark) {
            case NONE -> Optional.empty();
            case DEMO_QUORUM -> warning("vault.banner.demo");
            case REHEARSAL -> warning("vault.banner.rehearsal");
        };
    }

    private static Optional<Banner> warning(String message) {
        return Optional.of(new Banner(Banner.Level.WARNING, message));
    }

    void look() {
        bearWitness();
        try {
            status = Optional.of(vault.status());
            away = false;
        } catch (KeyServiceException | MachineTlsException e) {
            if (!away) {
                LOG.warn("vault away: {}", e.getMessage());
            }
            away = true;
        }
    }

    /** Another vault than the one this database knows refuses, and goes on refusing: said once. */
    private void bearWitness() {
        try {
            witness.speak();
            unheard = false;
        } catch (KeyServiceException | MachineTlsException | DataAccessException e) {
            if (!unheard) {
                LOG.warn("the vault was not told how far it had come: {}", e.getMessage());
            }
            unheard = true;
        }
    }

    @Override
    public void start() {
        running = true;
        timer.scheduleWithFixedDelay(this::look, 0, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void stop() {
        running = false;
        timer.shutdown();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return StartPhase.CONSUMERS;
    }
}
