package io.zhitong.backend.devices;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.accessmodel.JournalId;
import io.zhitong.backend.foundation.DatabaseKind;
import io.zhitong.backend.foundation.StartPhase;
import io.zhitong.backend.foundation.TestSettings;
import io.zhitong.backend.testing.Eventually;
import io.zhitong.backend.testing.RunningBackend;
import io.zhitong.backend.vault.MachineUpkeep;
import io.zhitong.backend.vault.RevokedMachines;
import io.zhitong.backend.vault.TestIdentity;
import io.zhitong.keyvault.QuickPinVault;
import io.zhitong.keyvault.VaultProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The listeners of a backend that was started before its vault. */
final class LinkServersTest {
    private final RunningBackend backend = RunningBackend.of(DatabaseKind.H2);

    @TempDir
    Path data;

    @Test
    void devices_wait_for_a_vault_that_comes_later_even_past_a_half_written_authority() throws IOException {
        Files.createDirectories(data.resolve("vault"));
        Files.writeString(data.resolve("vault/ca.pem"), "-----BEGIN CERTI");
        int port = freePort();
        LinkServers servers = servers(port);
        servers.start();
        try {
            assertThat(servers.linkPort()).isEmpty();
            assertThat(servers.enrolmentPort()).isEmpty();
            DeviceLease lease =
                    new DeviceLease(TestDevices.DOOR, 1, UUID.randomUUID(), new JournalId(7), TestDevices.nonce(1));
            assertThat(servers.send(TestCommands.open(new TestDevices(), lease, 1_000)))
                    .isEmpty();
            assertThat(servers.refusedHandshakes()).isZero();
            Files.delete(data.resolve("vault/ca.pem"));
            try (VaultProcess vault = QuickPinVault.serve(
                    new VaultProcess.Settings(data.resolve("vault"), port, true, List.of(), false))) {
                assertThat(vault.port()).isEqualTo(port);
                Eventually.holds("the link listens", () -> servers.linkPort().isPresent());
                assertThat(servers.enrolmentPort()).isPresent().isNotEqualTo(servers.linkPort());
            }
        } finally {
            servers.stop();
        }
        assertThat(servers.isRunning()).isFalse();
    }

    @Test
    void a_backend_that_stops_while_it_waits_begins_to_listen_no_more() {
        LinkServers servers = servers(1);
        servers.start();
        servers.dropRevoked();
        servers.stop();
        assertThat(servers.linkPort()).isEmpty();
        assertThat(servers.isRunning()).isFalse();
        assertThat(servers.getPhase()).isEqualTo(StartPhase.GATEWAY);
    }

    private LinkServers servers(int vaultPort) {
        var settings = TestSettings.in(data, vaultPort);
        return new LinkServers(
                settings,
                TestIdentity.in(settings),
                backend.bean(DeviceCertificates.class),
                backend.bean(Gateway.class),
                backend.bean(EnrolmentDesk.class),
                backend.bean(RevokedMachines.class),
                backend.bean(MachineUpkeep.class),
                backend.bean(io.zhitong.backend.foundation.Notices.class));
    }

    private static int freePort() throws IOException {
        try (var socket = new java.net.ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
