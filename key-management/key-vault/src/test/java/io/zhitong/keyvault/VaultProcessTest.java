package io.zhitong.keyvault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.RemoteKeyService;
import io.zhitong.keyapi.Revocation;
import io.zhitong.keyapi.RevocationReason;
import io.zhitong.keyapi.SigningKey;
import io.zhitong.keyvault.audit.AuditChain;
import io.zhitong.keyvault.audit.AuditPosition;
import io.zhitong.machinetls.MachineIdentity;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PublicKey;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class VaultProcessTest {
    @TempDir
    Path folder;

    @Test
    void conversation_with_a_vault_in_another_process_survives_its_clean_restart() throws Exception {
        MachineIdentity backend;
        byte[] point;
        byte[] message = "清算文件".getBytes(StandardCharsets.UTF_8);
        try (VaultChild vault = VaultChild.start(folder, "--demo")) {
            backend = vault.enrolBackend();
            try (RemoteKeyService keys = vault.client(backend)) {
                point = keys.publicKey(SigningKey.SETTLEMENT);
                assertTrue(opensslAccepts(message, keys.sign(SigningKey.SETTLEMENT, message)));
            }
            assertEquals(143, vault.terminate(), "128 + SIGTERM");
        }
        try (VaultChild vault = VaultChild.start(folder);
                RemoteKeyService keys = vault.client(backend)) {
            assertArrayEquals(point, keys.publicKey(SigningKey.SETTLEMENT));
            assertTrue(keys.status().demoQuorum(), "once marked, always marked");
        }
        assertTrue(AuditChain.verify(folder.resolve("audit.log"), AuditPosition.start(), auditKey())
                        .checkpoints()
                >= 2);
    }

    @Test
    void killed_between_writes_it_opens_again_with_every_change_it_had_acknowledged() throws Exception {
        Set<BigInteger> acknowledged = ConcurrentHashMap.newKeySet();
        MachineIdentity backend;
        try (VaultChild vault = VaultChild.start(folder, "--demo")) {
            backend = vault.enrolBackend();
            revokeUntilKilled(vault, backend, acknowledged, 7);
        }
        for (int acksBeforeTheCut : new int[] {1, 12, 23}) {
            try (VaultChild vault = VaultChild.start(folder)) {
                assertHolds(vault, backend, acknowledged);
                revokeUntilKilled(vault, backend, acknowledged, acksBeforeTheCut);
            }
        }
        try (VaultChild vault = VaultChild.start(folder)) {
            assertHolds(vault, backend, acknowledged);
        }
        assertTrue(acknowledged.size() >= 43, "changes were acknowledged before every cut");
    }

    @Test
    void masters_without_their_compartment_taken_port_and_wrong_share_end_with_one_clear_line() throws Exception {
        Path old = Files.createDirectories(folder.resolve("old"));
        Files.write(old.resolve("store.0"), new byte[80]);
        try (VaultChild vault = VaultChild.start(old)) {
            assertEquals(3, vault.waitForEnd());
            assertTrue(vault.printed().contains("earlier version"), vault.printed());
        }
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                VaultChild vault = VaultChild.start(folder, taken.getLocalPort(), "--demo")) {
            assertEquals(3, vault.waitForEnd());
            assertTrue(vault.printed().contains("port is taken"), vault.printed());
        }
        Files.writeString(folder.resolve("wrong"), "00");
        try (VaultChild first = VaultChild.start(folder, "--demo")) {
            assertTrue(first.address().getPort() > 0);
            try (VaultChild second = VaultChild.start(folder)) {
                assertEquals(3, second.waitForEnd());
                assertTrue(second.printed().contains("another process"), second.printed());
            }
        }
        try (VaultChild vault =
                VaultChild.start(folder, "--share", folder.resolve("wrong").toString())) {
            assertEquals(3, vault.waitForEnd());
            assertFalse(vault.printed().contains("\tat "), "no stack trace: " + vault.printed());
        }
    }

    private static void revokeUntilKilled(
            VaultChild vault, MachineIdentity backend, Set<BigInteger> acknowledged, int acks) throws Exception {
        CountDownLatch enough = new CountDownLatch(acks);
        try (RemoteKeyService keys = vault.client(backend)) {
            CompletableFuture<Void> revoking = CompletableFuture.runAsync(() -> revokeOn(keys, acknowledged, enough));
            assertTrue(enough.await(60, TimeUnit.SECONDS));
            vault.kill();
            revoking.get(60, TimeUnit.SECONDS);
        }
    }

    private static void revokeOn(RemoteKeyService keys, Set<BigInteger> acknowledged, CountDownLatch enough) {
        BigInteger serial = BigInteger.valueOf(1_000_000L * (1 + acknowledged.size()));
        try {
            while (true) {
                serial = serial.add(BigInteger.ONE);
                keys.revoke(serial, RevocationReason.RETIRED);
                acknowledged.add(serial);
                enough.countDown();
            }
        } catch (KeyServiceException e) {
            assertTrue(enough.getCount() == 0, "refused before the cut: " + e.getMessage());
        }
    }

    private static void assertHolds(VaultChild vault, MachineIdentity backend, Set<BigInteger> acknowledged)
            throws IOException {
        try (RemoteKeyService keys = vault.client(backend)) {
            Set<BigInteger> held = new HashSet<>();
            keys.revocations().stream().map(Revocation::serial).forEach(held::add);
            assertTrue(held.containsAll(acknowledged), "every acknowledged change is there");
        }
    }

    private boolean opensslAccepts(byte[] message, byte[] signature) throws IOException, InterruptedException {
        Path text = Files.write(folder.resolve("message"), message);
        Path der = Files.write(folder.resolve("signature"), Sm2.toDer(signature));
        return OpenSsl.verifies(folder.resolve("public/settlement.pem"), der, text);
    }

    private Sm2PublicKey auditKey() throws IOException {
        String pem = Files.readString(folder.resolve("public/audit.pem")).replaceAll("-----[A-Z ]+-----|\\s", "");
        byte[] der = Base64.getDecoder().decode(pem);
        return Sm2PublicKey.decode(Arrays.copyOfRange(der, der.length - 64, der.length));
    }
}
