package io.zhitong.backend.vault;

import io.zhitong.keyapi.AuditCheckpoint;
import io.zhitong.keyapi.KeyAdministration;
import io.zhitong.keyapi.Testimony;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Keeps each newest checkpoint of the vault's audit, so that a vault that was restored from a backup learns how far it had
 * come ({@code docs/keys.md}).
 */
@Component
class VaultWitness implements Witness {
    private final KeyAdministration vault;
    private final JdbcClient jdbc;
    private final Clock clock;
    private final DeviceWitnesses devices;

    VaultWitness(KeyAdministration vault, JdbcClient jdbc, Clock clock, DeviceWitnesses devices) {
        this.devices = devices;
        this.vault = vault;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public void speak() {
        Optional<AuditCheckpoint> known = newest();
        Optional<AuditCheckpoint> told =
                vault.door().testify(new Testimony(known)).newest();
        told.filter(fresh -> known.filter(fresh::equals).isEmpty()).ifPresent(this::keep);
        devices.tell(told.or(() -> known));
        devices.passOn(vault.door(), told.isEmpty());
    }

    Optional<AuditCheckpoint> newest() {
        return jdbc.sql("select number, hash, signature from vault_checkpoint order by number desc limit 1")
                .query((row, n) -> new AuditCheckpoint(row.getLong(1), row.getBytes(2), row.getBytes(3)))
                .optional();
    }

    private void keep(AuditCheckpoint told) {
        jdbc.sql("insert into vault_checkpoint (number, hash, signature, told_at) values (?, ?, ?, ?)")
                .params(told.number(), told.hash(), told.signature(), OffsetDateTime.now(clock))
                .update();
    }
}
