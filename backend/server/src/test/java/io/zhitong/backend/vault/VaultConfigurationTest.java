package io.zhitong.backend.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.VaultMark;
import io.zhitong.keyapi.VaultState;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class VaultConfigurationTest {
    private final FakeVault vault = new FakeVault();
    private int connections;

    @Test
    void nothing_connects_until_something_is_asked_and_then_once() {
        KeyService deferred = VaultConfiguration.deferred(KeyService.class, this::connect);
        assertThat(connections).isZero();
        deferred.status();
        deferred.status();
        assertThat(connections).isEqualTo(1);
        assertThat(vault.asked()).containsExactly("status", "status");
    }

    @Test
    void a_vault_that_is_not_there_yet_is_tried_again_at_the_next_question() {
        Deque<Supplier<KeyService>> tries = new ArrayDeque<>(List.of(
                () -> {
                    throw new KeyServiceException(KeyRefusal.UNAVAILABLE, "not yet");
                },
                this::connect));
        KeyService deferred = VaultConfiguration.deferred(
                KeyService.class, () -> tries.remove().get());
        assertThatThrownBy(deferred::status)
                .isInstanceOfSatisfying(
                        KeyServiceException.class, e -> assertThat(e.reason()).isEqualTo(KeyRefusal.UNAVAILABLE));
        assertThat(deferred.status().auditNumber()).isEqualTo(7);
    }

    @Test
    void a_refusal_comes_out_as_it_went_in() {
        vault.refuses(new KeyServiceException(KeyRefusal.SEALED, "planted"));
        KeyService deferred = VaultConfiguration.deferred(KeyService.class, this::connect);
        assertThatThrownBy(() -> deferred.random(8))
                .isInstanceOf(KeyServiceException.class)
                .hasMessageContaining("planted");
    }

    @Test
    void closing_closes_a_connection_that_was_made_and_makes_none() {
        VaultConfiguration.deferred(KeyService.class, this::connect).close();
        assertThat(connections).isZero();
        KeyService used = VaultConfiguration.deferred(KeyService.class, this::connect);
        used.status();
        used.close();
        assertThat(vault.asked()).containsExactly("status", "close");
    }

    @Test
    void production_refuses_a_demo_quorum_and_lets_go_of_the_connection() {
        vault.answers(VaultState.OPEN, true);
        KeyService deferred = VaultConfiguration.deferred(
                KeyService.class, () -> VaultConfiguration.requireRealQuorum(vault.service()));
        assertThatThrownBy(() -> deferred.random(8))
                .isInstanceOfSatisfying(
                        KeyServiceException.class, e -> assertThat(e.reason()).isEqualTo(KeyRefusal.NOT_ALLOWED))
                .hasMessageContaining("hold a key ceremony");
        assertThat(vault.asked()).containsExactly("status", "close");
    }

    @Test
    void production_refuses_rehearsal_keys() {
        vault.marked(VaultMark.REHEARSAL);
        assertThatThrownBy(() -> VaultConfiguration.requireRealQuorum(vault.service()))
                .isInstanceOf(KeyServiceException.class)
                .hasMessageContaining("rehearsal keys");
        assertThat(vault.asked()).containsExactly("status", "close");
    }

    @Test
    void production_takes_a_real_quorum_even_while_it_is_sealed() {
        vault.answers(VaultState.SEALED, false);
        KeyService service = vault.service();
        assertThat(VaultConfiguration.requireRealQuorum(service)).isSameAs(service);
        assertThat(vault.asked()).containsExactly("status");
    }

    @Test
    void a_vault_that_cannot_say_what_it_is_is_not_taken_in_production() {
        vault.refuses(new KeyServiceException(KeyRefusal.UNAVAILABLE, "planted"));
        assertThatThrownBy(() -> VaultConfiguration.requireRealQuorum(vault.service()))
                .isInstanceOf(KeyServiceException.class);
        assertThat(vault.asked()).containsExactly("status", "close");
    }

    private KeyService connect() {
        connections++;
        return vault.service();
    }
}
