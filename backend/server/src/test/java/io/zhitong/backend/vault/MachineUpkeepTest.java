package io.zhitong.backend.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhitong.backend.foundation.TestSettings;
import io.zhitong.backend.foundation.ZhitongSettings;
import io.zhitong.backend.testing.FakeClock;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.RevocationReason;
import io.zhitong.keyapi.VaultClients;
import io.zhitong.keyvault.QuickPinVault;
import io.zhitong.keyvault.VaultProcess;
import io.zhitong.machinetls.MachineIdentity;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.machinetls.MachineRole;
import io.zhitong.machinetls.MachineTls;
import io.zhitong.machinetls.PeerPolicy;
import io.zhitong.machinetls.PeerRefusal;
import io.zhitong.machinetls.PeerRefusedException;
import io.zhitong.machinetls.Renewal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The backend's own certificate and the revoked ones of others, with a real vault. */
final class MachineUpkeepTest {
    @TempDir
    Path data;

    private final FakeClock clock = new FakeClock(Instant.now().toString());
    private VaultProcess vault;
    private BackendIdentity identity;
    private RevokedMachines revoked;
    private KeyService keys;

    @BeforeEach
    void start() throws IOException {
        vault = QuickPinVault.serve(new VaultProcess.Settings(data.resolve("vault"), 0, true, List.of(), false));
        ZhitongSettings settings = TestSettings.in(data, vault.port());
        identity = new BackendIdentity(settings, clock);
        revoked = new RevokedMachines(settings);
        keys = VaultClients.connect(identity.vault(), VaultConfiguration.tls(identity, revoked));
    }

    @AfterEach
    void stop() {
        keys.close();
        vault.close();
    }

    private X509Certificate present() {
        return identity.identity().chain().get(0);
    }

    @Test
    void a_certificate_with_a_third_of_its_life_left_is_renewed_and_new_connections_use_it() {
        MachineUpkeep upkeep = new MachineUpkeep(keys, identity, revoked);
        X509Certificate first = present();
        upkeep.look();
        assertThat(present()).as("not due").isEqualTo(first);
        clock.advance(Duration.between(clock.instant(), Renewal.due(first)));
        upkeep.look();
        X509Certificate second = present();
        assertThat(second.getPublicKey()).isNotEqualTo(first.getPublicKey());
        assertThat(MachineIdentity.load(MachineProfile.SM2, data.resolve("backend/tls"), "backend")
                        .chain()
                        .get(0))
                .isEqualTo(second);
        vault.vault().serviceFor(identity.identity().name()).revoke(first.getSerialNumber(), RevocationReason.REPLACED);
        assertThat(keys.status().demoQuorum())
                .as("the next one is of the new certificate")
                .isTrue();
    }

    @Test
    void backend_is_certified_for_boards_of_the_other_profile_once_and_again_when_it_is_due() {
        MachineUpkeep upkeep = new MachineUpkeep(keys, identity, revoked);
        assertThat(identity.international()).isEmpty();
        upkeep.look();
        MachineIdentity first = identity.international().orElseThrow();
        assertThat(first.profile()).isEqualTo(MachineProfile.P256);
        assertThat(first.name()).isEqualTo(identity.identity().name());
        assertThat(first.chain().get(1)).isEqualTo(identity.authority(MachineProfile.P256));
        upkeep.look();
        assertThat(identity.international()).containsSame(first);
        assertThat(new BackendIdentity(TestSettings.in(data, vault.port()), clock).international())
                .map(MachineIdentity::chain)
                .as("kept over a restart")
                .contains(first.chain());
        clock.advance(
                Duration.between(clock.instant(), Renewal.due(first.chain().get(0))));
        upkeep.look();
        assertThat(identity.international().orElseThrow().chain()).isNotEqualTo(first.chain());
        clock.advance(Duration.ofDays(400));
        assertThat(identity.international()).as("its time is over").isEmpty();
    }

    @Test
    void while_the_vault_is_away_the_same_key_waits_and_is_certified_later() throws IOException {
        X509Certificate first = present();
        clock.advance(Duration.between(clock.instant(), Renewal.due(first)));
        int port = vault.port();
        vault.close();
        MachineUpkeep upkeep = new MachineUpkeep(keys, identity, revoked);
        upkeep.look();
        assertThatThrownBy(() -> identity.renewIfDue(keys)).isInstanceOf(KeyServiceException.class);
        byte[] waiting = Files.readAllBytes(data.resolve("backend/tls/backend.next.key"));
        vault = QuickPinVault.serve(new VaultProcess.Settings(data.resolve("vault"), port, true, List.of(), false));
        upkeep.look();
        assertThat(present()).isNotEqualTo(first);
        assertThat(Files.readAllBytes(data.resolve("backend/tls/backend.key"))).isEqualTo(waiting);
    }

    @Test
    void after_its_end_only_a_further_token_helps_and_the_refusal_says_so() throws IOException {
        X509Certificate first = present();
        keys.status();
        clock.advance(Duration.ofDays(91));
        assertThatThrownBy(identity::identity)
                .isInstanceOfSatisfying(
                        KeyServiceException.class, e -> assertThat(e.reason()).isEqualTo(KeyRefusal.UNAVAILABLE))
                .hasMessageContaining("--new-backend-token");
        Files.writeString(data.resolve("vault/backend.token"), vault.vault().newToken() + "\n");
        assertThat(present()).isNotEqualTo(first);
    }

    @Test
    void a_stolen_certificate_of_the_vault_is_believed_no_longer_and_the_vault_goes_on_with_another() throws Exception {
        MachineUpkeep upkeep = new MachineUpkeep(keys, identity, revoked);
        MachineIdentity stolen = MachineIdentity.load(MachineProfile.SM2, data.resolve("vault/tls"), "vault");
        assertThat(impostorIsBelieved(stolen)).as("before").isTrue();
        keys.revoke(stolen.chain().get(0).getSerialNumber(), RevocationReason.COMPROMISED);
        upkeep.look();
        assertThat(impostorIsBelieved(stolen)).as("after").isFalse();
        try (KeyService fresh = VaultClients.connect(identity.vault(), VaultConfiguration.tls(identity, revoked))) {
            assertThat(fresh.status().demoQuorum()).isTrue();
        }
    }

    /** Somebody who answers at an address of his own with that identity. */
    private boolean impostorIsBelieved(MachineIdentity as) throws Exception {
        MachineTls tls = MachineTls.enrolling(as, PeerPolicy.of(identity.authority(), MachineRole.BACKEND));
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> answering = CompletableFuture.runAsync(() -> {
                try (var socket = tls.accepted(listener.accept())) {
                    socket.startHandshake();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            try (var socket = VaultConfiguration.tls(identity, revoked)
                    .get()
                    .connect(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.getLocalPort()),
                            Duration.ofSeconds(10))) {
                return socket.isConnected();
            } catch (IOException e) {
                assertThat(PeerRefusedException.reasonOf(e)).hasValue(PeerRefusal.REVOKED);
                return false;
            } finally {
                answering.exceptionally(e -> null).get(10, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void what_the_vault_takes_back_is_heard_once_and_told_to_whoever_listens() {
        MachineUpkeep upkeep = new MachineUpkeep(keys, identity, revoked);
        List<Integer> told = new ArrayList<>();
        upkeep.onRevoked(() -> told.add(revoked.all().size()));
        upkeep.look();
        assertThat(told).isEmpty();
        keys.revoke(BigInteger.TWO, RevocationReason.LOST);
        upkeep.look();
        upkeep.look();
        assertThat(told).containsExactly(1);
        assertThat(revoked.revoked(BigInteger.TWO)).isTrue();
    }
}
