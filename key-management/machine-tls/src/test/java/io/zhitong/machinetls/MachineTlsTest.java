package io.zhitong.machinetls;

import static io.zhitong.machinetls.MachineRole.BACKEND;
import static io.zhitong.machinetls.MachineRole.CONTROLLER;
import static io.zhitong.machinetls.MachineRole.POS;
import static io.zhitong.machinetls.MachineRole.VAULT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MachineTlsTest {

    @ParameterizedTest
    @CsvSource({"SM2,TLS_SM4_GCM_SM3", "P256,TLS_AES_128_GCM_SHA256"})
    void mutual_handshake_uses_the_profiles_suite_and_each_side_learns_the_other(MachineProfile profile, String suite)
            throws IOException {
        Estate estate = new Estate(profile, "CA");
        Conversation talk = Conversation.between(
                MachineTls.mutual(estate.machine(BACKEND, "backend-1"), estate.accepting(VAULT)),
                MachineTls.mutual(estate.machine(VAULT, "vault-1"), estate.accepting(BACKEND)));

        assertEquals(Optional.of(suite), talk.suite());
        assertEquals(Optional.of("TLSv1.3"), talk.protocol());
        assertEquals("vault/vault-1", talk.clientSaw().orElseThrow().name().toString());
        assertEquals("backend/backend-1", talk.serverSaw().orElseThrow().name().toString());
    }

    @ParameterizedTest
    @EnumSource(MachineProfile.class)
    void server_without_client_authentication_serves_a_client_that_pins_the_authority(MachineProfile profile)
            throws IOException {
        Estate estate = new Estate(profile, "CA");
        Conversation talk = Conversation.between(
                MachineTls.client(profile, estate.accepting(VAULT)), MachineTls.server(estate.machine(VAULT, "v")));

        assertTrue(talk.succeeded());
        assertEquals(Optional.empty(), talk.serverSaw());
    }

    @Test
    void enrolling_server_takes_a_stranger_as_nobody_but_no_wrong_certificate() throws IOException {
        Estate estate = new Estate(MachineProfile.SM2, "CA");
        Estate foreign = new Estate(MachineProfile.SM2, "CA");
        MachineTls server = MachineTls.enrolling(estate.machine(VAULT, "v"), estate.accepting(BACKEND));

        Conversation stranger =
                Conversation.between(MachineTls.client(MachineProfile.SM2, estate.accepting(VAULT)), server);
        Conversation backend =
                Conversation.between(MachineTls.mutual(estate.machine(BACKEND, "b"), estate.accepting(VAULT)), server);
        Conversation impostor =
                Conversation.between(MachineTls.mutual(foreign.machine(BACKEND, "b"), estate.accepting(VAULT)), server);

        assertTrue(stranger.succeeded());
        assertEquals(Optional.empty(), stranger.serverSaw());
        assertEquals("backend/b", backend.serverSaw().orElseThrow().name().toString());
        assertEquals(Optional.of(PeerRefusal.FOREIGN_AUTHORITY), impostor.serverRefused());
    }

    @ParameterizedTest
    @EnumSource(MachineProfile.class)
    void client_without_certificate_is_refused(MachineProfile profile) throws IOException {
        Estate estate = new Estate(profile, "CA");
        Conversation talk = Conversation.between(
                MachineTls.client(profile, estate.accepting(VAULT)),
                MachineTls.mutual(estate.machine(VAULT, "v"), estate.accepting(BACKEND)));

        assertFalse(talk.succeeded());
        assertTrue(talk.serverFailure().isPresent());
    }

    @ParameterizedTest
    @EnumSource(MachineProfile.class)
    void client_of_a_foreign_authority_with_the_same_title_is_refused(MachineProfile profile) throws IOException {
        Estate estate = new Estate(profile, "CA");
        Estate foreign = new Estate(profile, "CA");
        Conversation talk = Conversation.between(
                MachineTls.mutual(foreign.machine(BACKEND, "b"), estate.accepting(VAULT)),
                MachineTls.mutual(estate.machine(VAULT, "v"), estate.accepting(BACKEND)));

        assertFalse(talk.succeeded());
        assertEquals(Optional.of(PeerRefusal.FOREIGN_AUTHORITY), talk.serverRefused());
    }

    @Test
    void server_of_a_foreign_authority_is_refused_by_the_client() throws IOException {
        Estate estate = new Estate(MachineProfile.SM2, "CA");
        Estate foreign = new Estate(MachineProfile.SM2, "CA");
        Conversation talk = Conversation.between(
                MachineTls.client(MachineProfile.SM2, estate.accepting(VAULT)),
                MachineTls.server(foreign.machine(VAULT, "v")));

        assertFalse(talk.succeeded());
        assertEquals(Optional.of(PeerRefusal.FOREIGN_AUTHORITY), talk.clientRefused());
    }

    @Test
    void revoked_client_is_refused_and_the_hook_is_asked_at_every_handshake() throws IOException {
        Estate estate = new Estate(MachineProfile.SM2, "CA");
        MachineIdentity controller = estate.machine(CONTROLLER, "42");
        Set<BigInteger> revoked = new ConcurrentSkipListSet<>();
        MachineTls client = MachineTls.mutual(controller, estate.accepting(BACKEND));
        MachineTls server = MachineTls.mutual(
                estate.machine(BACKEND, "b"), estate.accepting(CONTROLLER).withRevoked(revoked::contains));

        assertTrue(Conversation.between(client, server).succeeded());
        revoked.add(controller.chain().get(0).getSerialNumber());
        Conversation after = Conversation.between(client, server);

        assertFalse(after.succeeded());
        assertEquals(Optional.of(PeerRefusal.REVOKED), after.serverRefused());
    }

    @Test
    void wrong_role_is_refused_by_either_side() throws IOException {
        Estate estate = new Estate(MachineProfile.SM2, "CA");
        Conversation wrongClient = Conversation.between(
                MachineTls.mutual(estate.machine(POS, "43"), estate.accepting(VAULT)),
                MachineTls.mutual(estate.machine(VAULT, "v"), estate.accepting(BACKEND)));
        Conversation wrongServer = Conversation.between(
                MachineTls.mutual(estate.machine(BACKEND, "b"), estate.accepting(VAULT)),
                MachineTls.mutual(estate.machine(POS, "43"), estate.accepting(BACKEND)));

        assertEquals(Optional.of(PeerRefusal.WRONG_ROLE), wrongClient.serverRefused());
        assertEquals(Optional.of(PeerRefusal.WRONG_ROLE), wrongServer.clientRefused());
    }

    @Test
    void expired_and_future_certificates_are_refused() throws IOException {
        Estate estate = new Estate(MachineProfile.SM2, "CA");
        MachineIdentity vault = estate.machine(VAULT, "v");
        Instant now = Instant.now();
        MachineIdentity client =
                estate.machine(BACKEND, "b", now.minus(Duration.ofHours(1)), now.plus(Duration.ofHours(1)));
        MachineTls calling = MachineTls.mutual(client, estate.accepting(VAULT));

        assertEquals(
                Optional.of(PeerRefusal.EXPIRED),
                Conversation.between(calling, at(vault, estate, now.plus(Duration.ofHours(2))))
                        .serverRefused());
        assertEquals(
                Optional.of(PeerRefusal.NOT_YET_VALID),
                Conversation.between(calling, at(vault, estate, now.minus(Duration.ofHours(2))))
                        .serverRefused());
    }

    @Test
    void a_machine_certificate_can_not_act_as_an_authority() throws IOException {
        Estate estate = new Estate(MachineProfile.SM2, "CA");
        MachineIdentity controller = estate.machine(CONTROLLER, "42");
        MachineTlsException refused = assertThrows(
                MachineTlsException.class,
                () -> new MachineAuthority(
                        MachineProfile.SM2, controller.key(), controller.chain().get(0)));

        assertEquals(MachineTlsError.BAD_FILE, refused.reason());
    }

    @Test
    void profiles_do_not_meet() throws IOException {
        Estate sm2 = new Estate(MachineProfile.SM2, "CA");
        Estate p256 = new Estate(MachineProfile.P256, "CA");
        Conversation talk = Conversation.between(
                MachineTls.client(MachineProfile.P256, p256.accepting(VAULT)),
                MachineTls.server(sm2.machine(VAULT, "v")));

        assertFalse(talk.succeeded());
        assertFalse(Conversation.between(
                        MachineTls.client(MachineProfile.SM2, sm2.accepting(VAULT)),
                        MachineTls.server(p256.machine(VAULT, "v")))
                .succeeded());
    }

    @Test
    void authority_itself_is_no_machine() {
        Estate estate = new Estate(MachineProfile.SM2, "CA");
        PeerVerifier verifier = new PeerVerifier(MachineProfile.SM2, estate.accepting(VAULT));
        PeerRefusedException refused =
                assertThrows(PeerRefusedException.class, () -> verifier.verify(new X509Certificate[] {estate.ca()}));

        assertEquals(PeerRefusal.NOT_A_MACHINE, refused.reason());
    }

    @Test
    void chain_with_a_foreign_second_certificate_is_refused() {
        Estate estate = new Estate(MachineProfile.SM2, "CA");
        Estate foreign = new Estate(MachineProfile.SM2, "CA");
        X509Certificate leaf = estate.machine(VAULT, "v").chain().get(0);
        PeerVerifier verifier = new PeerVerifier(MachineProfile.SM2, estate.accepting(VAULT));

        assertEquals(PeerRefusal.FOREIGN_AUTHORITY, reason(verifier, List.of(leaf, foreign.ca())));
        assertEquals(PeerRefusal.CHAIN_TOO_LONG, reason(verifier, List.of(leaf, estate.ca(), estate.ca())));
        assertEquals(PeerRefusal.NO_CERTIFICATE, reason(verifier, List.of()));
    }

    private static PeerRefusal reason(PeerVerifier verifier, List<X509Certificate> chain) {
        return assertThrows(PeerRefusedException.class, () -> verifier.verify(chain.toArray(new X509Certificate[0])))
                .reason();
    }

    private static MachineTls at(MachineIdentity vault, Estate estate, Instant when) {
        return MachineTls.mutual(vault, estate.accepting(BACKEND).withClock(Clock.fixed(when, ZoneOffset.UTC)));
    }
}
