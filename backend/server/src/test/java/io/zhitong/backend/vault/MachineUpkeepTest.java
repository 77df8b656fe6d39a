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
import io.zhitong.keyvault.VaultProcess;
import io.zhitong.machinetls.MachineIdentity;
import io.zhitong.machinetls.MachineRole;
import io.zhitong.machinetls.MachineTls;
import io.zhitong.machinetls.PeerPolicy;
import io.zhitong.machinetls.Renewal;
import io.zhitong.smcrypto.RandomSource;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
        vault = VaultProcess.start(
                new VaultProcess.Settings(data.resolve("vault"), 0, true, List.of(), false),
                Clock.systemUTC(),
                RandomSource.secure());
        ZhitongSettings settings = TestSettings.in(data, vault.port());
        identity = new BackendIdentity(settings, clock);
        revoked = new RevokedMachines(settings);
        keys = VaultClients.connect(
                identity.vault(),
                new RenewingTls(
                        identity::identity,
                        self -> MachineTls.mutual(self, PeerPolicy.of(identity.authority(), MachineRole.VAULT))));
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
        assertThat(MachineIdentity.load(
                                io.zhitong.machinetls.MachineProfile.SM2, data.resolve("backend/tls"), "backend")
                        .chain()
                        .get(0))
                .isEqualTo(second);
        vault.vault().serviceFor(identity.identity().name()).revoke(first.getSerialNumber(), RevocationReason.REPLACED);
        assertThat(keys.status().demoQuorum())
                .as("the next one is of the new certificate")
                .isTrue();
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
        vault = VaultProcess.start(
                new VaultProcess.Settings(data.resolve("vault"), port, true, List.of(), false),
                Clock.systemUTC(),
                RandomSource.secure());
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
