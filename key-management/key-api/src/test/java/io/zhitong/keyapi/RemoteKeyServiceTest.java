package io.zhitong.keyapi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.machinetls.MachineName;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.machinetls.MachineRole;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.SecretBytes;
import io.zhitong.smcrypto.Sm3;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

@Timeout(60)
class RemoteKeyServiceTest {
    private static final KeyRef DTK =
            KeyRef.of(KeyUsage.DTK, 1, Hex.parse("4403ff0000000000"), Hex.parse("4403000100000001"));

    @Test
    void every_question_arrives_whole_and_every_answer_comes_back() throws IOException {
        EchoKeys echo = new EchoKeys();
        try (TestPeer peer = TestPeer.serving(echo);
                RemoteKeyService keys = peer.client(Duration.ofSeconds(10))) {
            assertEquals("模块", keys.status().module());
            assertEquals("CMAC 010203", keys.keys().get(0).kcvText());
            assertEquals(100, keys.random(100).length);
            byte[] data = Hex.parse("04d6950005");
            assertArrayEquals(
                    data,
                    keys.mac(List.of(new MacRequest(DTK, new byte[16], data, 4)))
                            .get(0));
            assertEquals(Optional.empty(), keys.verifyThenMac(DTK, new byte[8], data, new byte[4], data));
            byte[] mac = {1, 2, 3, 4};
            assertArrayEquals(
                    mac, keys.verifyThenMac(DTK, new byte[8], data, mac, data).orElseThrow());
            assertArrayEquals(new byte[16], keys.authenticate(DTK, new byte[16]));
            assertEquals(2 * 1024 * 1024, keys.sign(SigningKey.POLICY, new byte[2 * 1024 * 1024]).length);
            assertEquals(5, keys.publicKey(SigningKey.AUDIT)[0]);
            Revocation revoked = keys.revoke(BigInteger.TWO.pow(120), RevocationReason.COMPROMISED)
                    .get(0);
            assertEquals(
                    new Revocation(BigInteger.TWO.pow(120), RevocationReason.COMPROMISED, EchoKeys.SINCE), revoked);
            assertEquals(List.of(), keys.revocations());
            MachineName pos = new MachineName(MachineRole.POS, "43");
            assertEquals(
                    "pos/43 P256",
                    keys.enrolMachine(new MachineEnrolment(MachineProfile.P256, pos, new byte[9]))
                            .pem());
        }
    }

    @Test
    void data_keys_and_values_to_be_hashed_cross_the_wire_whole() throws IOException {
        EchoKeys echo = new EchoKeys();
        KeyRef place = DataKind.PERSONS.key(1, Hex.parse("4403ff0000000000"), Hex.parse("0000000044030001"));
        byte[] context = {7, 1, 9};
        byte[] wrapped = Hex.parse("00112233445566778899aabbccddeeff".repeat(2) + "0102030405060708090a0b0c");
        try (TestPeer peer = TestPeer.serving(echo);
                RemoteKeyService keys = peer.client(Duration.ofSeconds(10));
                SecretBytes secret = SecretBytes.copyOf(Hex.parse("0123456789abcdeffedcba9876543210"))) {
            assertArrayEquals(
                    context,
                    keys.wrapDataKeys(List.of(new DataWrapRequest(place, context, secret)))
                            .get(0));
            assertEquals(
                    secret,
                    ((DataWrapRequest) ((List<?>) echo.asked.get(0)).get(0)).dataKey(),
                    "the key arrives whole");
            List<SecretBytes> opened = keys.unwrapDataKeys(List.of(
                    new DataUnwrapRequest(place, context, wrapped),
                    new DataUnwrapRequest(place, context, new byte[44])));
            assertEquals(SecretBytes.copyOf(Arrays.copyOf(wrapped, 16)), opened.get(0));
            assertEquals(SecretBytes.copyOf(new byte[16]), opened.get(1));
            byte[] value = "phone:13800001234".getBytes(StandardCharsets.UTF_8);
            assertArrayEquals(
                    Sm3.hash(value),
                    keys.hashData(List.of(new DataHashRequest(place, value))).get(0));
        }
    }

    @Test
    void refusal_keeps_its_reason_over_the_wire() throws IOException {
        try (TestPeer peer = TestPeer.serving(new EchoKeys());
                RemoteKeyService keys = peer.client(Duration.ofSeconds(10))) {
            assertEquals(KeyRefusal.NOT_ALLOWED, refusal(() -> keys.sign(SigningKey.AUDIT, new byte[1])));
            assertEquals(KeyRefusal.MALFORMED, refusal(() -> keys.random(5000)));
            assertEquals("模块", keys.status().module(), "the connection goes on");
        }
    }

    @Test
    void forty_threads_get_their_own_answers() throws Exception {
        try (TestPeer peer = TestPeer.serving(new EchoKeys());
                RemoteKeyService keys = peer.client(Duration.ofSeconds(30))) {
            List<CompletableFuture<Boolean>> all = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                byte[] message = {(byte) i, 77};
                all.add(CompletableFuture.supplyAsync(
                        () -> Arrays.equals(message, keys.sign(SigningKey.COMMAND, message))));
            }
            for (CompletableFuture<Boolean> one : all) {
                assertTrue(one.get(30, TimeUnit.SECONDS));
            }
            assertTrue(peer.connections() <= 8, "connections are shared: " + peer.connections());
        }
    }

    @Test
    void kept_connection_that_died_is_replaced_without_the_caller_noticing() throws IOException {
        try (TestPeer peer = TestPeer.serving(new EchoKeys());
                RemoteKeyService keys = peer.client(Duration.ofSeconds(10))) {
            assertEquals(1, keys.random(1).length);
            peer.hangUp();
            assertEquals(2, keys.random(2).length);
            assertEquals(2, peer.connections());
        }
    }

    @Test
    void enrolment_is_not_sent_twice_by_itself() throws IOException {
        try (TestPeer peer = TestPeer.serving(new EchoKeys());
                RemoteKeyService keys = peer.client(Duration.ofSeconds(10))) {
            MachineName pos = new MachineName(MachineRole.POS, "43");
            MachineEnrolment enrolment = new MachineEnrolment(MachineProfile.SM2, pos, new byte[9]);
            assertEquals("pos/43 SM2", keys.enrolMachine(enrolment).pem());
            peer.hangUp();
            assertEquals(KeyRefusal.UNAVAILABLE, refusal(() -> keys.enrolMachine(enrolment)));
            assertEquals("pos/43 SM2", keys.enrolMachine(enrolment).pem());
        }
    }

    @Test
    void silent_vault_is_given_up_after_the_timeout_and_closed_client_says_so() throws IOException {
        try (TestPeer peer = TestPeer.silent()) {
            RemoteKeyService keys = peer.client(Duration.ofMillis(600));
            long start = System.nanoTime();
            assertEquals(KeyRefusal.UNAVAILABLE, refusal(keys::status));
            assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(10));
            keys.close();
            assertEquals(KeyRefusal.UNAVAILABLE, refusal(keys::status));
        }
    }

    @Test
    void nobody_listening_is_unavailable_and_the_message_names_the_address() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (RemoteKeyService keys = new RemoteKeyService(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                TestPeer.clientTls(),
                Duration.ofSeconds(2))) {
            KeyServiceException refused = assertThrows(KeyServiceException.class, keys::status);
            assertEquals(KeyRefusal.UNAVAILABLE, refused.reason());
            assertTrue(String.valueOf(refused.getMessage()).contains(String.valueOf(port)));
        }
    }

    private static KeyRefusal refusal(Executable act) {
        return assertThrows(KeyServiceException.class, act).reason();
    }
}
