package io.zhitong.machinetls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
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
                .clientEngine();
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
