package io.zhitong.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.machinetls.MachineIdentity;
import io.zhitong.machinetls.MachineKeys;
import io.zhitong.machinetls.MachineName;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.machinetls.MachineRole;
import io.zhitong.machinetls.MachineTls;
import io.zhitong.machinetls.PeerPolicy;
import io.zhitong.smcrypto.Sm2PublicKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.KeyPair;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class EnrolmentTest {

    private static final Estate ESTATE = new Estate();
    private static final DeviceAddress DEVICE = DeviceAddress.of(1, 77);

    private final Set<String> tokens = ConcurrentHashMap.newKeySet();
    private final KeyPair pair = MachineKeys.generate(MachineProfile.SM2);
    private final byte[] request =
            MachineKeys.request(MachineProfile.SM2, pair, new MachineName(MachineRole.VAULT, "vault"));
    private final EnrolmentServer server;
    private volatile Optional<Sm2PublicKey> audit = Optional.empty();

    EnrolmentTest() {
        MachineTls tls = MachineTls.server(ESTATE.identity(MachineRole.BACKEND, "backend"));
        tokens.add("one-time");
        server = EnrolmentServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), () -> tls, this::enrol);
    }

    private Enrolment.Granted enrol(Enrolment.Question question) {
        if (!tokens.remove(question.token())) {
            throw new EnrolmentRefusedException(Enrolment.Refusal.UNKNOWN_TOKEN);
        }
        Instant now = Instant.now();
        return new Enrolment.Granted(
                DEVICE,
                List.of(
                        ESTATE.authority.issue(
                                question.pkcs10(),
                                new MachineName(MachineRole.CONTROLLER, DEVICE.certificateName()),
                                now.minusSeconds(60),
                                now.plusSeconds(600)),
                        ESTATE.authority.certificate()),
                ESTATE.policy.publicKey(),
                ESTATE.command.publicKey(),
                audit);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Enrolment.Granted ask(Estate pinned, String token, byte[] pkcs10) {
        MachineTls tls = MachineTls.client(
                MachineProfile.SM2, PeerPolicy.of(pinned.authority.certificate(), MachineRole.BACKEND));
        return EnrolmentClient.enrol(
                tls,
                new InetSocketAddress("127.0.0.1", server.port()),
                new Enrolment.Question(token, pkcs10, "test 1"));
    }

    @Test
    void token_buys_one_certificate_for_the_key_made_on_the_device() {
        Enrolment.Granted granted = ask(ESTATE, "one-time", request);
        MachineIdentity identity = new MachineIdentity(MachineProfile.SM2, pair.getPrivate(), granted.chain());
        assertEquals("1-77", identity.name().name());
        assertEquals(MachineRole.CONTROLLER, identity.name().role());
        assertEquals(DEVICE, granted.address());
        assertEquals(ESTATE.policy.publicKey(), granted.policyKey());
        assertEquals(ESTATE.command.publicKey(), granted.commandKey());
        assertEquals(Optional.empty(), granted.auditKey(), "an older backend tells none");
    }

    @Test
    void key_that_proves_the_vaults_checkpoints_comes_with_the_certificate() {
        audit = Optional.of(ESTATE.command.publicKey());
        assertEquals(audit, ask(ESTATE, "one-time", request).auditKey());
    }

    @Test
    void spent_token_is_refused() {
        ask(ESTATE, "one-time", request);
        assertEquals(Enrolment.Refusal.UNKNOWN_TOKEN, refusal("one-time", request));
    }

    @Test
    void oversized_token_and_broken_request_are_refused_and_nothing_is_reflected() {
        assertEquals(Enrolment.Refusal.MALFORMED, refusal("t".repeat(129), request));
        assertEquals(Enrolment.Refusal.FAILED, refusal("one-time", new byte[] {1, 2, 3}));
        assertFalse(new Enrolment.Question("secret", request, "x").toString().contains("secret"));
    }

    private Enrolment.Refusal refusal(String token, byte[] pkcs10) {
        return assertThrows(EnrolmentRefusedException.class, () -> ask(ESTATE, token, pkcs10))
                .reason();
    }

    @Test
    void backend_of_another_authority_gets_no_token() {
        LinkException refused = assertThrows(LinkException.class, () -> ask(new Estate(), "one-time", request));
        assertEquals(LinkFault.CONNECTION, refused.fault());
        assertEquals(Set.of("one-time"), tokens);
    }

    @Test
    void port_that_is_taken_is_named() {
        MachineTls tls = MachineTls.server(ESTATE.identity(MachineRole.BACKEND, "backend"));
        InetSocketAddress taken = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
        LinkException refused =
                assertThrows(LinkException.class, () -> EnrolmentServer.start(taken, () -> tls, this::enrol));
        assertEquals(LinkFault.CONNECTION, refused.fault());
    }
}
