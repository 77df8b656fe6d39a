package io.zhitong.keyvault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.keyapi.KeyAdministration;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.RemoteKeyService;
import io.zhitong.keyapi.Revocation;
import io.zhitong.keyapi.RevocationReason;
import io.zhitong.keyapi.SigningKey;
import io.zhitong.keyapi.Testimony;
import io.zhitong.keyapi.VaultClients;
import io.zhitong.keyapi.VaultReplication;
import io.zhitong.keyapi.VaultState;
import io.zhitong.machinetls.MachineIdentity;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A second folder follows the vault, and can take its place; the two never sign side by side. */
@Timeout(120)
class StandbyTest {
    private static final byte[] LIST = Hex.parse("5a544c3201");

    @TempDir
    Path folder;

    private Path primary() {
        return folder.resolve("primary");
    }

    private Path second() {
        return folder.resolve("second");
    }

    private Path promoted() {
        return folder.resolve("promoted");
    }

    /** Follows until it is closed, as the command does. */
    private final class Following implements AutoCloseable {
        private final AtomicBoolean stop = new AtomicBoolean();
        private final Thread thread;

        Following(InetSocketAddress of) throws IOException {
            Files.createDirectories(second());
            Standby standby = Standby.of(second());
            VaultReplication vault = KeysStandbyCommand.Follow.vault(
                    of.getHostString() + ":" + of.getPort(), primary().resolve("standby"));
            thread = new Thread(() -> follow(standby, vault), "standby");
            thread.start();
        }

        private void follow(Standby standby, VaultReplication vault) {
            try (standby;
                    vault) {
                while (!stop.get()) {
                    standby.follow(vault);
                }
            } catch (KeyServiceException | IOException e) {
                stop.set(true);
            }
        }

        @Override
        public void close() {
            stop.set(true);
            Await.until(() -> !thread.isAlive());
        }
    }

    private List<Path> shares() {
        return ShareFiles.in(primary().resolve("demo-quorum"));
    }

    private void promote() {
        var read = ShareFiles.read(shares());
        VaultBackup.promote(second(), promoted(), read, RandomSource.secure());
    }

    @Test
    void killed_in_the_middle_of_changes_the_standby_has_every_one_that_was_acknowledged_and_fences_the_old_vault()
            throws Exception {
        Set<BigInteger> acknowledged = new HashSet<>();
        MachineIdentity backend;
        Testimony told;
        try (VaultChild vault = VaultChild.start(primary(), "--demo");
                Following following = new Following(vault.address())) {
            assertTrue(following.thread.isAlive());
            backend = vault.enrolBackend();
            told = testify(vault, backend, new Testimony(Optional.empty()));
            try (RemoteKeyService keys = vault.client(backend)) {
                for (int i = 0; i < 25; i++) {
                    BigInteger serial = BigInteger.valueOf(7_000_000L + i);
                    keys.revoke(serial, RevocationReason.RETIRED);
                    acknowledged.add(serial);
                }
            }
            vault.kill();
        }
        promote();
        Testimony fromNew;
        try (VaultChild vault = VaultChild.start(promoted());
                RemoteKeyService keys = vault.client(backend)) {
            assertEquals(VaultState.RESTORED, keys.status().state());
            fromNew = testify(vault, backend, told);
            assertEquals(VaultState.SEALED, keys.status().state());
            Set<BigInteger> held = new HashSet<>();
            keys.revocations().stream().map(Revocation::serial).forEach(held::add);
            assertTrue(held.containsAll(acknowledged), "every acknowledged change is there");
            assertEquals(64, keys.sign(SigningKey.POLICY, LIST).length);
            assertTrue(fromNew.newest().orElseThrow().number() > 1L << 40, "its numbers are of the next epoch");
        }
        for (int start = 0; start < 2; start++) {
            try (VaultChild old = VaultChild.start(primary());
                    RemoteKeyService keys = old.client(backend)) {
                assertEquals(new Testimony(Optional.empty()), testify(old, backend, fromNew));
                assertEquals(KeyRefusal.SUPERSEDED, refusal(() -> keys.sign(SigningKey.POLICY, LIST)));
                assertEquals(new Testimony(Optional.empty()), testify(old, backend, told), "it never works again");
            }
        }
    }

    private static Testimony testify(VaultChild vault, MachineIdentity backend, Testimony known) throws IOException {
        try (KeyAdministration people = VaultClients.administer(vault.address(), vault.authority(), backend)) {
            return people.door().testify(known);
        }
    }

    @Test
    void standby_that_was_away_catches_up_and_while_it_is_away_the_vault_goes_on() throws Exception {
        try (RunningVault vault = RunningVault.start(primary())) {
            new Following(vault.address()).close();
            long began = System.nanoTime();
            for (int i = 1; i < 4; i++) {
                vault.vault().machines().revoke(BigInteger.valueOf(i), RevocationReason.LOST);
            }
            assertTrue(System.nanoTime() - began < 8_000_000_000L, "one wait of three seconds, not three");
            try (Following again = new Following(vault.address())) {
                Await.until(
                        () -> vault.vault().revoked(BigInteger.TWO) && again.thread.isAlive() && sameGeneration("op"));
                vault.vault().masters().change(now -> now);
                assertTrue(sameGeneration("store"), "a change counts when the standby has it");
            }
        }
    }

    private boolean sameGeneration(String name) {
        return Hex.of(newest(primary(), name)).equals(Hex.of(newest(second(), name)));
    }

    private static byte[] newest(Path vault, String name) {
        List<byte[]> heads = new ArrayList<>();
        try {
            for (String slot : List.of(name + ".0", name + ".1")) {
                Path file = vault.resolve(slot);
                heads.add(
                        Files.exists(file)
                                ? java.util.Arrays.copyOfRange(Files.readAllBytes(file), 5, 13)
                                : new byte[8]);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return java.util.Arrays.compareUnsigned(heads.get(0), heads.get(1)) > 0 ? heads.get(0) : heads.get(1);
    }

    @Test
    void standby_holds_no_share_no_key_in_clear_and_its_identity_may_only_follow() throws Exception {
        try (RunningVault vault = RunningVault.start(primary());
                Following following = new Following(vault.address())) {
            Await.until(() -> following.thread.isAlive() && sameGeneration("op") && sameGeneration("store"));
            assertFalse(Files.exists(second().resolve("machine.share")));
            assertFalse(Files.exists(second().resolve("demo-quorum")));
            MachineIdentity identity = MachineIdentity.load(
                    io.zhitong.machinetls.MachineProfile.SM2, primary().resolve("standby"), ServedVault.STANDBY.name());
            try (RemoteKeyService keys = VaultClients.connect(vault.address(), vault.authority(), identity)) {
                assertEquals(KeyRefusal.CALLER_NOT_ALLOWED, refusal(keys::status));
                assertEquals(KeyRefusal.CALLER_NOT_ALLOWED, refusal(() -> keys.sign(SigningKey.POLICY, LIST)));
            }
        }
        assertArrayEquals(
                Files.readAllBytes(primary().resolve("ca.pem")),
                Files.readAllBytes(primary().resolve("standby/ca.pem")));
        assertEquals(
                VaultFault.STORE_EXISTS,
                assertThrows(VaultException.class, () -> Standby.of(primary())).fault());
    }

    private static KeyRefusal refusal(org.junit.jupiter.api.function.Executable ask) {
        return assertThrows(KeyServiceException.class, ask).reason();
    }
}
