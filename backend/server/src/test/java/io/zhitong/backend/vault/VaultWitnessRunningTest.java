package io.zhitong.backend.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.backend.foundation.DatabaseKind;
import io.zhitong.backend.testing.Eventually;
import io.zhitong.backend.testing.RunningBackend;
import io.zhitong.keyapi.KeyService;
import org.junit.jupiter.api.Test;

final class VaultWitnessRunningTest {
    @Test
    void a_running_backend_keeps_the_newest_checkpoint_of_its_vault_by_itself() {
        RunningBackend backend = RunningBackend.of(DatabaseKind.H2);
        VaultWitness witness = backend.bean(VaultWitness.class);
        Eventually.holds("a checkpoint is kept", () -> witness.newest().isPresent());
        long newest = backend.bean(KeyService.class).status().auditNumber();
        assertThat(witness.newest().orElseThrow().number()).isBetween(1L, newest);
    }
}
