package io.zhitong.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.machinetls.MachineIdentity;
import io.zhitong.machinetls.MachineKeys;
import io.zhitong.machinetls.MachineName;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.machinetls.MachineRole;
import io.zhitong.machinetls.MachineTls;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A device's next certificate over the link. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RenewalTest {

    private static final Estate ESTATE = new Estate();
    private static final MachineTls BACKEND = ESTATE.backend();
    private static final String NAME = Estate.DOOR.certificateName();

    /** A device with a certificate that is due while the test says so. */
    private static final class Renewing implements CertificateRenewal {
        final AtomicBoolean due = new AtomicBoolean();
        final List<Instant> asked = new CopyOnWriteArrayList<>();
        final List<Enrolment.Refusal> refusals = new CopyOnWriteArrayList<>();
        private final KeyPair next = MachineKeys.generate(MachineProfile.SM2);
        private volatile MachineIdentity identity = ESTATE.identity(MachineRole.CONTROLLER, NAME);

        MachineTls tls() {
            return ESTATE.device(identity);
        }

        BigInteger serial() {
            return identity.chain().get(0).getSerialNumber();
        }

        @Override
        public Optional<byte[]> question(Instant now) {
            if (!due.get()) {
                return Optional.empty();
            }
            asked.add(now);
            return Optional.of(MachineKeys.request(
                    MachineProfile.SM2, next, new MachineName(MachineRole.BACKEND, "somebody-else")));
        }

        @Override
        public void granted(List<X509Certificate> chain) {
            identity = new MachineIdentity(MachineProfile.SM2, next.getPrivate(), chain);
            due.set(false);
        }

        @Override
        public void refused(Enrolment.Refusal reason) {
            refusals.add(reason);
        }
    }

    private final RecordingHandler handler = new RecordingHandler();
    private final MemoryDevice device = new MemoryDevice(Estate.DOOR);
    private final Renewing renewing = new Renewing();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final LinkServer server = LinkServer.start(
            LinkServerOptions.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)), () -> BACKEND, handler);

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
        server.close();
    }

    private LinkClient connected() {
        LinkClient client = LinkClient.start(
                LinkClientOptions.to(new InetSocketAddress("127.0.0.1", server.port()))
                        .withHeartbeat(Duration.ofMillis(50))
                        .withPauses(Duration.ofMillis(20), Duration.ofMillis(200)),
                renewing::tls,
                device.on(ESTATE, renewing));
        open.add(client);
        Poll.until(
                "time is known",
                () -> client.connected() && client.backendMillis().isPresent());
        return client;
    }

    private List<X509Certificate> certified(LinkSession session, byte[] request) {
        return ESTATE.certified(session.peer().role(), session.peer().name().name(), request);
    }

    private BigInteger sessionSerial() {
        return server.session(Estate.DOOR)
                .map(session -> session.peer().serial())
                .orElse(BigInteger.ZERO);
    }

    @Test
    void device_whose_certificate_is_due_gets_the_next_one_and_comes_back_with_it() {
        handler.renewal.set(this::certified);
        connected();
        BigInteger before = renewing.serial();
        assertEquals(before, sessionSerial());
        renewing.due.set(true);
        Poll.until(
                "a session of the new certificate",
                () -> sessionSerial().equals(renewing.serial()) && !before.equals(renewing.serial()));
        assertEquals(List.of(before), handler.renewals);
        assertTrue(Math.abs(renewing.asked.get(0).toEpochMilli() - System.currentTimeMillis()) < 60_000);
        MachineName name = renewing.identity.name();
        assertEquals(new MachineName(MachineRole.CONTROLLER, NAME), name, "not what the request wished");
    }

    @Test
    void certificate_that_is_not_due_is_not_asked_for() {
        connected();
        Poll.until("some heartbeats", () -> handler.beats.size() > 5);
        assertEquals(List.of(), handler.renewals);
    }

    @Test
    void refused_renewal_keeps_the_connection_and_is_not_asked_again_at_once() {
        LinkClient client = connected();
        renewing.due.set(true);
        Poll.until("refused", () -> !renewing.refusals.isEmpty());
        int beats = handler.beats.size();
        Poll.until("heartbeats go on", () -> handler.beats.size() > beats + 5);
        assertEquals(List.of(Enrolment.Refusal.NOT_RENEWED), renewing.refusals);
        assertEquals(1, handler.renewals.size());
        assertTrue(client.connected());
        assertEquals(1, device.connections.get());
    }

    @Test
    void backend_that_fails_says_so_and_the_device_keeps_what_it_has() {
        handler.renewal.set((session, request) -> {
            throw new IllegalStateException("the vault is away");
        });
        BigInteger before = renewing.serial();
        connected();
        renewing.due.set(true);
        Poll.until("refused", () -> !renewing.refusals.isEmpty());
        assertEquals(List.of(Enrolment.Refusal.FAILED), renewing.refusals);
        assertEquals(before, renewing.serial());
    }

    @Test
    void certificate_for_another_key_ends_the_connection_and_changes_nothing() {
        KeyPair foreign = MachineKeys.generate(MachineProfile.SM2);
        MachineName name = new MachineName(MachineRole.CONTROLLER, NAME);
        handler.renewal.set(
                (session, request) -> certified(session, MachineKeys.request(MachineProfile.SM2, foreign, name)));
        LinkClient client = connected();
        BigInteger before = renewing.serial();
        renewing.due.set(true);
        Poll.until("connection ended", () -> handler.closed.size() > 0);
        assertEquals(1, client.counters().of(LinkFault.MALFORMED));
        assertEquals(before, renewing.serial());
        Poll.until("back with the old one", () -> device.connections.get() == 2);
    }

    @Test
    void revoked_backend_is_dropped_at_once_and_not_spoken_to_again() {
        LinkClient client = connected();
        client.dropRevoked(serial -> false);
        assertFalse(handler.closed.contains(CloseReason.PEER_CLOSED));
        client.dropRevoked(serial -> serial.signum() > 0);
        Poll.until("dropped", () -> handler.closed.contains(CloseReason.PEER_CLOSED));
        assertNotEquals(BigInteger.ZERO, renewing.serial());
    }
}
