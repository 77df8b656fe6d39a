package io.zhitong.backend.vault;

import io.zhitong.accessmodel.Octets;
import io.zhitong.keyapi.AuditCheckpoint;
import io.zhitong.keyapi.DeviceWord;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.VaultDoor;
import io.zhitong.machinetls.MachineName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * What devices keep of the vault's audit (设备见证). They are told the newest checkpoint; what each says when it connects goes
 * to the vault as it came, for a database that was restored together with the vault knows no more than that. Thread-safe.
 */
@Component
public class DeviceWitnesses {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceWitnesses.class);

    private final Map<MachineName, AuditCheckpoint> said = new ConcurrentHashMap<>();
    private final Map<MachineName, AuditCheckpoint> passedOn = new ConcurrentHashMap<>();
    private volatile Optional<Octets> newest = Optional.empty();

    /** For devices to keep; at once. */
    public Optional<Octets> newest() {
        return newest;
    }

    /**
     * A device has connected and said what it keeps.
     *
     * @param device as its certificate names it
     */
    public void said(MachineName device, Octets checkpoint) {
        try {
            said.put(device, AuditCheckpoint.parse(checkpoint.toByteArray()));
        } catch (KeyServiceException e) {
            LOG.warn("no checkpoint of a vault: device={} {}", device, e.getMessage());
        }
    }

    /** What a device said when it last connected here. */
    public Optional<Octets> wordOf(MachineName device) {
        return Optional.ofNullable(said.get(device))
                .map(AuditCheckpoint::toByteArray)
                .map(Octets::of);
    }

    void tell(Optional<AuditCheckpoint> told) {
        newest = told.map(AuditCheckpoint::toByteArray).map(Octets::of);
    }

    /**
     * Passes on what devices said, what was passed on before only if asked for all.
     *
     * @param all the vault waits, and may have begun to since
     */
    void passOn(VaultDoor vault, boolean all) {
        List<DeviceWord> due = said.entrySet().stream()
                .filter(word -> all || !word.getValue().equals(passedOn.get(word.getKey())))
                .map(word -> new DeviceWord(word.getKey(), word.getValue()))
                .toList();
        for (int from = 0; from < due.size(); from += VaultDoor.MOST_WORDS) {
            List<DeviceWord> some = due.subList(from, Math.min(due.size(), from + VaultDoor.MOST_WORDS));
            vault.passOn(some);
            some.forEach(word -> passedOn.put(word.device(), word.newest()));
        }
    }
}
