package io.zhitong.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import io.zhitong.link.proto.FromBackend;
import io.zhitong.machinetls.MachineIdentity;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.machinetls.MachineRole;
import io.zhitong.machinetls.MachineTls;
import io.zhitong.machinetls.PeerPolicy;
import io.zhitong.machinetls.Pem;
import io.zhitong.smcrypto.Hex;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One port, two profiles: each device gets the one it speaks. */
final class ProfileChoiceTest {

    private static final Estate NATIONAL = new Estate();
    private static final Estate INTERNATIONAL = new Estate(MachineProfile.P256);
    private static final MachineIdentity BOARD =
            INTERNATIONAL.identity(MachineRole.CONTROLLER, Estate.DOOR.certificateName());

    @TempDir
    Path folder;

    private final RecordingHandler handler = new RecordingHandler();
    private final AtomicInteger asked = new AtomicInteger();
    private final MachineTls national = NATIONAL.backend();
    private final MachineTls international = MachineTls.mutual(
            INTERNATIONAL.identity(MachineRole.BACKEND, "backend"),
            PeerPolicy.of(INTERNATIONAL.authority.certificate(), MachineRole.CONTROLLER)
                    .withRevoked(serial -> {
                        asked.incrementAndGet();
                        return INTERNATIONAL.revoked.contains(serial);
                    }));
    private final LinkServer server = start(profile -> switch (profile) {
        case SM2 -> Optional.of(national);
        case P256 -> Optional.of(international);
    });

    private LinkServer start(PortTls tls) {
        return LinkServer.start(
                LinkServerOptions.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .withSilence(Duration.ofSeconds(20)),
                tls,
                handler);
    }

    @AfterEach
    void stop() {
        server.close();
        INTERNATIONAL.revoked.clear();
    }

    private static boolean welcomed(MachineTls tls, int port) throws IOException {
        try (RawPeer peer = new RawPeer(tls, port)) {
            peer.send(RawPeer.hello(Estate.DOOR, 7));
            return peer.read(FromBackend.MessageCase.WELCOME).hasWelcome();
        }
    }

    @Test
    void devices_of_both_profiles_are_greeted_at_one_port() throws IOException {
        assertTrue(welcomed(NATIONAL.device(Estate.DOOR), server.port()));
        assertTrue(welcomed(INTERNATIONAL.device(BOARD), server.port()));
        assertEquals(0, server.refusedHandshakes());
    }

    @Test
    void port_without_the_profile_refuses_its_devices_and_serves_the_others() throws IOException {
        try (LinkServer one = start(PortTls.only(() -> international))) {
            assertThrows(IOException.class, () -> welcomed(NATIONAL.device(Estate.DOOR), one.port()));
            assertEquals(1, one.refusedHandshakes());
            assertTrue(welcomed(INTERNATIONAL.device(BOARD), one.port()));
        }
    }

    @Test
    void certificate_of_one_profile_is_worth_nothing_under_the_other() {
        MachineIdentity foreign = new Estate(MachineProfile.P256).identity(MachineRole.CONTROLLER, "1-42");
        assertThrows(IOException.class, () -> welcomed(INTERNATIONAL.device(foreign), server.port()));
        Poll.until("counted", () -> server.refusedHandshakes() == 1);
    }

    @Test
    void handler_that_refuses_a_device_tells_it_why_and_the_connection_ends() throws IOException {
        handler.refusal = Optional.of(LinkFault.OTHER_PROFILE);
        try (RawPeer peer = new RawPeer(INTERNATIONAL.device(BOARD), server.port())) {
            peer.send(RawPeer.hello(Estate.DOOR, 7));
            assertEquals(
                    LinkFault.OTHER_PROFILE.code(),
                    peer.read(FromBackend.MessageCase.REFUSED).getRefused().getReason());
            assertTrue(peer.isClosedByPeer());
        }
        assertEquals(1, server.counters().of(LinkFault.OTHER_PROFILE));
        assertTrue(handler.closed.isEmpty(), "a device never greeted is not said goodbye to");
    }

    /** The same client comes back with a ticket: the policy was asked in the first handshake and in each recheck. */
    @Test
    void device_that_comes_back_shows_a_ticket_and_a_revoked_one_is_refused_all_the_same() throws IOException {
        MemoryDevice device = new MemoryDevice(Estate.DOOR);
        MachineTls tls = INTERNATIONAL.device(BOARD);
        LinkClientOptions options = LinkClientOptions.to(new InetSocketAddress("127.0.0.1", server.port()))
                .withPauses(Duration.ofMillis(20), Duration.ofMillis(40));
        try (LinkClient client = LinkClient.start(options, () -> tls, device.on(INTERNATIONAL))) {
            Poll.until("connected", client::connected);
            int full = asked.get();
            client.dropRevoked(serial -> true);
            Poll.until("back", () -> device.connections.get() == 2);
            assertEquals(full + 1, asked.get(), "full handshake: verified and rechecked; resumed: rechecked");
            INTERNATIONAL.revoked.add(BOARD.chain().get(0).getSerialNumber());
            long before = server.refusedHandshakes();
            client.dropRevoked(serial -> true);
            Poll.until("refused", () -> server.refusedHandshakes() > before);
            assertFalse(client.connected());
        }
    }

    @Test
    void openssl_sends_a_hello_and_reads_the_welcome() throws Exception {
        BOARD.store(folder, "board");
        Files.writeString(folder.resolve("ca.pem"), Pem.ofCertificates(List.of(INTERNATIONAL.authority.certificate())));
        byte[] hello = RawPeer.hello(Estate.DOOR, 7).toByteArray();
        Process openssl = openssl("-quiet", "-cert", file("board.pem"), "-key", file("board.key"), "-groups", "P-256");
        try {
            openssl.getOutputStream().write(new byte[] {(byte) (hello.length >> 8), (byte) hello.length});
            openssl.getOutputStream().write(hello);
            openssl.getOutputStream().flush();
            byte[] length = openssl.getInputStream().readNBytes(2);
            FromBackend answer = FromBackend.parseFrom(
                    openssl.getInputStream().readNBytes((length[0] & 0xFF) << 8 | length[1] & 0xFF));
            assertTrue(answer.hasWelcome());
        } finally {
            openssl.destroy();
            openssl.waitFor(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void openssl_agrees_on_nothing_but_the_profiles_version_and_suite() throws Exception {
        for (String[] other : new String[][] {
            {"-tls1_2"}, {"-ciphersuites", "TLS_AES_256_GCM_SHA384"}, {"-ciphersuites", "TLS_CHACHA20_POLY1305_SHA256"}
        }) {
            Process openssl = openssl(other);
            openssl.getOutputStream().close();
            String said = new String(openssl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(openssl.waitFor(10, TimeUnit.SECONDS));
            assertTrue(said.contains("alert"), said);
            assertFalse(said.contains("Cipher is TLS_"), said);
        }
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private Process openssl(String... options) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("openssl", "s_client", "-connect", "127.0.0.1:" + server.port()));
        command.addAll(List.of(options));
        return new ProcessBuilder(command)
                .redirectError(folder.resolve("errors").toFile())
                .redirectOutput(ProcessBuilder.Redirect.PIPE)
                .redirectErrorStream(!command.contains("-quiet"))
                .start();
    }

    @Test
    void suite_of_rfc_8998_is_found_wherever_it_stands_and_a_cut_message_offers_nothing() {
        String start = "0303" + "00".repeat(32);
        assertTrue(offers(start + "00" + "0002" + "00C6" + "0100"));
        assertTrue(offers(start + "04AABBCCDD" + "0006" + "1301130200C6" + "0100"));
        assertFalse(offers(start + "00" + "0004" + "13011302" + "0100"));
        assertFalse(offers(start + "00" + "0002" + "C600" + "00C6"));
        String whole = start + "04AABBCCDD" + "0006" + "1301130200C6";
        for (int cut = 0; cut < whole.length(); cut += 2) {
            assertFalse(offers(whole.substring(0, cut)), "cut at " + cut / 2);
        }
    }

    private static boolean offers(String hello) {
        return ProfileChoice.offersNational(Unpooled.wrappedBuffer(Hex.parse(hello)));
    }
}
