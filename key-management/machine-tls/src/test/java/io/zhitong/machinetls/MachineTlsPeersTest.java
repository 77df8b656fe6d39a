package io.zhitong.machinetls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Engines as Netty uses them, and a second TLS implementation at the other end. */
@Timeout(60)
class MachineTlsPeersTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(MachineProfile.class)
    void engines_shake_hands_in_memory(MachineProfile profile) throws IOException {
        Estate estate = new Estate(profile, "CA");
        SSLEngine client = MachineTls.mutual(
                        estate.machine(MachineRole.CONTROLLER, "42"), estate.accepting(MachineRole.BACKEND))
                .clientEngine(InetSocketAddress.createUnresolved("backend", 8081));
        SSLEngine server = MachineTls.mutual(
                        estate.machine(MachineRole.BACKEND, "b"), estate.accepting(MachineRole.CONTROLLER))
                .serverEngine();

        EnginePair.shakeHands(client, server);

        assertEquals(profile.suite(), server.getSession().getCipherSuite());
        assertEquals(
                "controller/42",
                MachinePeer.of(server.getSession()).orElseThrow().name().toString());
    }

    @Test
    void openssl_speaks_the_p256_profile_with_a_client_certificate() throws Exception {
        Estate estate = new Estate(MachineProfile.P256, "CA");
        estate.machine(MachineRole.CONTROLLER, "42").store(folder, "device");
        Files.writeString(folder.resolve("ca.pem"), Pem.ofCertificates(List.of(estate.ca())));
        MachineTls server =
                MachineTls.mutual(estate.machine(MachineRole.BACKEND, "b"), estate.accepting(MachineRole.CONTROLLER));

        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Optional<MachinePeer>> served =
                    CompletableFuture.supplyAsync(() -> greet(listener, server));
            String transcript = opensslClient(listener.getLocalPort());

            assertEquals(
                    "controller/42",
                    served.get(20, TimeUnit.SECONDS).orElseThrow().name().toString());
            assertTrue(transcript.contains("TLS_AES_128_GCM_SHA256"), transcript);
            assertTrue(transcript.contains("Verify return code: 0 (ok)"), transcript);
            assertTrue(transcript.contains("good morning"), transcript);
        }
    }

    /** The policy is asked in a full handshake only, so its questions tell which handshakes were resumed. */
    @Test
    void p256_session_is_resumed_by_its_ticket_and_the_recheck_still_hears_of_a_revocation() throws Exception {
        Estate estate = new Estate(MachineProfile.P256, "CA");
        AtomicInteger asked = new AtomicInteger();
        AtomicBoolean revoked = new AtomicBoolean();
        MachineTls client =
                MachineTls.mutual(estate.machine(MachineRole.CONTROLLER, "42"), estate.accepting(MachineRole.BACKEND));
        MachineTls server = MachineTls.mutual(
                estate.machine(MachineRole.BACKEND, "b"),
                estate.accepting(MachineRole.CONTROLLER).withRevoked(serial -> {
                    asked.incrementAndGet();
                    return revoked.get();
                }));
        InetSocketAddress address = InetSocketAddress.createUnresolved("backend", 8081);

        EnginePair.shakeHands(client.clientEngine(address), server.serverEngine());
        assertEquals(1, asked.get());
        SSLEngine again = server.serverEngine();
        EnginePair.shakeHands(client.clientEngine(address), again);
        assertEquals(1, asked.get(), "the second handshake shows a ticket");
        assertEquals(
                "controller/42",
                MachinePeer.of(again.getSession()).orElseThrow().name().toString());

        server.recheck(again.getSession());
        revoked.set(true);
        assertEquals(
                PeerRefusal.REVOKED,
                assertThrows(PeerRefusedException.class, () -> server.recheck(again.getSession()))
                        .reason());
    }

    @Test
    void recheck_refuses_a_peer_whose_time_is_over_and_one_that_showed_nothing() throws Exception {
        Estate estate = new Estate(MachineProfile.P256, "CA");
        SSLEngine client = MachineTls.client(MachineProfile.P256, estate.accepting(MachineRole.BACKEND))
                .clientEngine(InetSocketAddress.createUnresolved("backend", 8082));
        SSLEngine server =
                MachineTls.server(estate.machine(MachineRole.BACKEND, "b")).serverEngine();
        EnginePair.shakeHands(client, server);
        MachineTls later = MachineTls.client(
                MachineProfile.P256,
                estate.accepting(MachineRole.BACKEND)
                        .withClock(Clock.fixed(Instant.now().plus(Estate.YEAR.multipliedBy(2)), ZoneOffset.UTC)));

        assertEquals(
                PeerRefusal.EXPIRED,
                assertThrows(PeerRefusedException.class, () -> later.recheck(client.getSession()))
                        .reason());
        assertEquals(
                PeerRefusal.NO_CERTIFICATE,
                assertThrows(PeerRefusedException.class, () -> later.recheck(server.getSession()))
                        .reason());
        MachineTls.server(estate.machine(MachineRole.BACKEND, "b")).recheck(server.getSession());
    }

    @ParameterizedTest
    @EnumSource(MachineProfile.class)
    void peer_and_request_tell_their_profile(MachineProfile profile) {
        Estate estate = new Estate(profile, "CA");
        MachineName name = new MachineName(MachineRole.CONTROLLER, "1-42");

        assertEquals(
                profile,
                MachinePeer.of(estate.machine(MachineRole.CONTROLLER, "1-42")
                                .chain()
                                .get(0))
                        .profile());
        assertEquals(profile, MachineKeys.profile(MachineKeys.request(profile, MachineKeys.generate(profile), name)));
    }

    @Test
    void request_of_a_key_of_neither_profile_is_told_so() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp384r1"));
        KeyPair pair = generator.generateKeyPair();
        byte[] request = new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=x"), pair.getPublic())
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))
                .getEncoded();

        assertEquals(
                MachineTlsError.BAD_REQUEST,
                assertThrows(MachineTlsException.class, () -> MachineKeys.profile(request))
                        .reason());
    }

    private String opensslClient(int port) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        "openssl",
                        "s_client",
                        "-connect",
                        "127.0.0.1:" + port,
                        "-tls1_3",
                        "-CAfile",
                        folder.resolve("ca.pem").toString(),
                        "-cert",
                        folder.resolve("device.pem").toString(),
                        "-key",
                        folder.resolve("device.key").toString(),
                        "-ign_eof")
                .redirectErrorStream(true)
                .start();
        try {
            process.getOutputStream().write("?\n".getBytes(StandardCharsets.US_ASCII));
            process.getOutputStream().flush();
            String transcript = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(process.waitFor(20, TimeUnit.SECONDS));
            return transcript;
        } finally {
            process.destroyForcibly();
        }
    }

    private static Optional<MachinePeer> greet(ServerSocket listener, MachineTls server) {
        try (SSLSocket socket = server.accepted(listener.accept())) {
            socket.setSoTimeout(20_000);
            socket.startHandshake();
            socket.getInputStream().read();
            socket.getOutputStream().write("good morning\n".getBytes(StandardCharsets.US_ASCII));
            return MachinePeer.of(socket.getSession());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
