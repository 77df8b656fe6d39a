package io.zhitong.backend.vault;

import io.zhitong.backend.foundation.BackgroundPart;
import io.zhitong.backend.foundation.BackgroundThread;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.machinetls.MachineTlsException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Keeps the backend's own certificate fresh and hears of revoked ones (机器证书维护), every few seconds; while the vault is away
 * what was heard last counts.
 */
@Component
public class MachineUpkeep implements BackgroundPart {
    private static final Logger LOG = LoggerFactory.getLogger(MachineUpkeep.class);
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final KeyService vault;
    private final BackendIdentity identity;
    private final RevokedMachines revoked;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final BackgroundThread thread = BackgroundThread.repeating("machine-upkeep", this::look);

    MachineUpkeep(KeyService vault, BackendIdentity identity, RevokedMachines revoked) {
        this.vault = vault;
        this.identity = identity;
        this.revoked = revoked;
    }

    /** Calls {@code listener} after each change of the revoked machines, in the upkeep's thread. */
    public void onRevoked(Runnable listener) {
        listeners.add(listener);
    }

    /** One look; answers how long to wait for the next. */
    Duration look() {
        try {
            if (revoked.heard(vault.revocations())) {
                LOG.info("revoked machine certificates: {}", revoked.all().size());
                listeners.forEach(Runnable::run);
            }
            identity.renewIfDue(vault);
            identity.certifyInternational(vault);
        } catch (KeyServiceException | MachineTlsException e) {
            LOG.debug("machines are looked after later: {}", e.getMessage());
        }
        return EVERY;
    }

    @Override
    public BackgroundThread thread() {
        return thread;
    }
}
