package io.zhitong.backend.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.backend.testing.Eventually;
import io.zhitong.backend.web.Banner;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.VaultMark;
import io.zhitong.keyapi.VaultState;
import io.zhitong.machinetls.MachineTlsError;
import io.zhitong.machinetls.MachineTlsException;
import org.junit.jupiter.api.Test;

final class VaultMonitorTest {
    private final FakeVault vault = new FakeVault();
    private int spoken;
    private final VaultMonitor monitor = new VaultMonitor(vault.service(), () -> spoken++);

    @Test
    void before_the_first_look_nothing_is_claimed() {
        assertThat(monitor.banner()).isEmpty();
    }

    @Test
    void at_every_look_the_vault_hears_what_is_known_of_it() {
        monitor.look();
        monitor.look();
        assertThat(spoken).isEqualTo(2);
    }

    @Test
    void an_open_vault_of_real_custodians_needs_no_banner() {
        monitor.look();
        assertThat(monitor.banner()).isEmpty();
    }

    @Test
    void a_demo_quorum_is_named_on_every_page() {
        vault.answers(VaultState.OPEN, true);
        monitor.look();
        assertThat(monitor.banner()).hasValue(new Banner(Banner.Level.WARNING, "vault.banner.demo"));
    }

    @Test
    void a_rehearsal_is_named_on_every_page() {
        vault.marked(VaultMark.REHEARSAL);
        monitor.look();
        assertThat(monitor.banner()).hasValue(new Banner(Banner.Level.WARNING, "vault.banner.rehearsal"));
    }

    @Test
    void that_it_is_sealed_matters_more_than_that_it_is_a_demo() {
        vault.answers(VaultState.SEALED, true);
        monitor.look();
        assertThat(monitor.banner()).hasValue(new Banner(Banner.Level.WARNING, "vault.banner.sealed"));
    }

    @Test
    void missing_master_keys_and_a_restored_vault_are_told_apart() {
        vault.answers(VaultState.UNBORN, false);
        monitor.look();
        assertThat(monitor.banner()).hasValue(new Banner(Banner.Level.WARNING, "vault.banner.unborn"));
        vault.answers(VaultState.RESTORED, false);
        monitor.look();
        assertThat(monitor.banner()).hasValue(new Banner(Banner.Level.DANGER, "vault.banner.restored"));
    }

    @Test
    void a_vault_that_goes_away_is_a_danger_and_its_return_clears_it() {
        monitor.look();
        vault.refuses(new KeyServiceException(KeyRefusal.UNAVAILABLE, "planted"));
        monitor.look();
        monitor.look();
        assertThat(monitor.banner()).hasValue(new Banner(Banner.Level.DANGER, "vault.banner.away"));
        vault.answers(VaultState.OPEN, false);
        monitor.look();
        assertThat(monitor.banner()).isEmpty();
    }

    @Test
    void a_certificate_that_cannot_be_read_counts_as_away_and_the_looking_goes_on() {
        vault.refuses(new MachineTlsException(MachineTlsError.BAD_FILE, "planted"));
        monitor.start();
        try {
            Eventually.holds(
                    "away",
                    () -> monitor.banner()
                            .filter(banner -> banner.level() == Banner.Level.DANGER)
                            .isPresent());
            assertThat(monitor.isRunning()).isTrue();
        } finally {
            monitor.stop();
        }
        assertThat(monitor.isRunning()).isFalse();
        assertThat(vault.asked()).containsOnly("status");
    }
}
