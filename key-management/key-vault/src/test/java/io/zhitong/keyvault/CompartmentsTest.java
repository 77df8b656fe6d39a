package io.zhitong.keyvault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.keyapi.MacRequest;
import io.zhitong.keyapi.MachineEnrolment;
import io.zhitong.keyapi.RevocationReason;
import io.zhitong.keyapi.SigningKey;
import io.zhitong.keyapi.VaultState;
import io.zhitong.keyapi.VerifyRequest;
import io.zhitong.keyapi.WrapRequest;
import io.zhitong.keyvault.quorum.Quorum;
import io.zhitong.keyvault.store.SafeFiles;
import io.zhitong.machinetls.MachineKeys;
import io.zhitong.machinetls.MachineName;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.machinetls.MachineRole;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretBytes;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PublicKey;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** One process, two compartments: what works by a file of the machine, and what waits for the custodians. */
@Timeout(60)
class CompartmentsTest {
    private static final byte[] CITY = Hex.parse("4403ff0000000000");
    private static final byte[] COMMUNITY = Hex.parse("0000000044030001");
    private static final byte[] CARD = Hex.parse("4403000100000001");
    private static final KeyRef DAMK = KeyRef.of(KeyUsage.DAMK, 1, CITY, CARD);
    private static final MacRequest COMMAND_MAC = new MacRequest(DAMK, new byte[16], new byte[20], 4);

    @TempDir
    Path folder;

    @Test
    void new_folder_signs_lists_and_enrols_machines_before_any_ceremony() {
        try (OpenVault vault = OpenVault.sealed(folder)) {
            assertEquals(VaultState.UNBORN, vault.service().status().state());
            assertOperational(vault.service());
            assertSealed(vault.service());
            assertTrue(vault.vault().tokenOpen(), "a backend may enrol");
            assertEquals(KeyRefusal.UNKNOWN_KEY, refusal(() -> vault.service().publicKey(SigningKey.CARD_ISSUER)));
        }
    }

    @Test
    void sealed_vault_signs_lists_and_commands_and_refuses_everything_that_needs_a_master() {
        byte[] issuer;
        try (OpenVault vault = OpenVault.make(folder)) {
            issuer = vault.service().publicKey(SigningKey.CARD_ISSUER);
        }
        try (OpenVault vault = OpenVault.sealed(folder)) {
            assertEquals(VaultState.SEALED, vault.service().status().state());
            assertTrue(vault.service().status().demoQuorum(), "the mark shows while it is sealed");
            assertOperational(vault.service());
            assertSealed(vault.service());
            assertArrayEquals(issuer, vault.service().publicKey(SigningKey.CARD_ISSUER));
        }
    }

    @Test
    void sealing_takes_the_masters_away_and_the_quorum_brings_the_same_ones_back() {
        try (OpenVault vault = OpenVault.make(folder)) {
            String before = Hex.of(vault.service().mac(List.of(COMMAND_MAC)).get(0));
            vault.vault().seal("backend/backend-1");
            assertSealed(vault.service());
            vault.vault().seal("backend/backend-1");
            new VaultFolder(folder).unseal(vault.vault(), List.of());

            assertEquals(VaultState.OPEN, vault.service().status().state());
            assertEquals(
                    before, Hex.of(vault.service().mac(List.of(COMMAND_MAC)).get(0)));
        }
    }

    @Test
    void sealing_waits_for_the_batch_under_way_and_refuses_the_next() throws Exception {
        try (OpenVault vault = OpenVault.make(folder)) {
            KeyService keys = vault.service();
            CompletableFuture<Integer> answered = CompletableFuture.supplyAsync(() -> answeredUntilSealed(keys));
            Await.until(() -> keys.status().auditNumber() >= 20);
            vault.vault().seal("test");

            assertTrue(
                    answered.get(30, TimeUnit.SECONDS) > 0, "every answer before was right, the first after is SEALED");
        }
    }

    private static int answeredUntilSealed(KeyService keys) {
        int answered = 0;
        try {
            while (true) {
                assertEquals(
                        20,
                        keys.mac(java.util.Collections.nCopies(20, COMMAND_MAC)).size());
                answered++;
            }
        } catch (KeyServiceException e) {
            assertEquals(KeyRefusal.SEALED, e.reason());
        }
        return answered;
    }

    @Test
    void changes_of_the_operational_compartment_survive_while_the_masters_are_closed() {
        OpenVault.make(folder).close();
        try (OpenVault vault = OpenVault.sealed(folder)) {
            vault.service().revoke(BigInteger.TEN, RevocationReason.LOST);
        }
        try (OpenVault vault = OpenVault.open(folder)) {
            assertTrue(vault.vault().revoked(BigInteger.TEN));
            assertEquals(KeyUsage.values().length, vault.service().keys().size());
        }
    }

    @Test
    void machine_share_is_private_kept_twice_and_a_torn_one_is_written_anew() throws IOException {
        OpenVault.make(folder).close();
        Path share = folder.resolve("machine.share");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(share)));
        byte[] intact = Files.readAllBytes(share);
        for (int bit = 0; bit < intact.length * 8; bit += 5) {
            byte[] changed = intact.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(share, changed);
            assertOpensOrIsTheSame(changed, intact);
        }
        Files.write(share, new byte[3]);
        OpenVault.sealed(folder).close();

        assertEquals(95, Files.size(share), "written anew");
        Files.delete(share);
        Files.write(folder.resolve("machine.share.copy"), new byte[3]);
        assertEquals(VaultFault.NO_MACHINE_SHARE, fault());
    }

    /** A changed bit may still be the same hex digit in the other case, or a line end: nothing is refused then. */
    private void assertOpensOrIsTheSame(byte[] changed, byte[] intact) {
        boolean same = new String(changed, StandardCharsets.ISO_8859_1)
                .strip()
                .equalsIgnoreCase(new String(intact, StandardCharsets.ISO_8859_1).strip());
        MachineShare.Found found = MachineShare.read(folder);
        found.master().close();
        assertEquals(same ? List.of() : List.of("machine.share is not intact"), found.refused());
    }

    @Test
    void compartments_of_two_vaults_do_not_open_together() throws IOException {
        Path other = folder.resolve("other");
        OpenVault.make(folder.resolve("one")).close();
        OpenVault.make(other).close();
        for (String name : List.of("machine.share", "machine.share.copy")) {
            Files.write(
                    other.resolve(name),
                    Files.readAllBytes(folder.resolve("one").resolve(name)));
        }
        assertEquals(
                VaultFault.WRONG_QUORUM,
                assertThrows(VaultException.class, () -> OpenVault.sealed(other))
                        .fault());
    }

    @Test
    void masters_of_another_vault_under_the_same_quorum_are_refused_by_the_audit() throws IOException {
        Path one = folder.resolve("one");
        Path other = folder.resolve("other");
        byte[] secret = RandomSource.secure().bytes(32);
        bear(one, secret);
        bear(other, secret);
        SafeFiles.write(other.resolve("store.0"), Files.readAllBytes(one.resolve("store.0")));
        SafeFiles.write(other.resolve("store.1"), Files.readAllBytes(one.resolve("store.1")));
        try (OpenVault vault = OpenVault.sealed(other)) {
            VaultException refused =
                    assertThrows(VaultException.class, () -> vault.vault().unseal(SecretBytes.copyOf(secret)));

            assertEquals(VaultFault.AUDIT_BROKEN, refused.fault());
            assertEquals(VaultState.SEALED, vault.vault().status().state());
        }
    }

    private static void bear(Path folder, byte[] secret) {
        RandomSource random = RandomSource.secure();
        try (OpenVault vault = OpenVault.sealed(folder)) {
            var quorum = io.zhitong.keyvault.quorum.QuorumId.of(
                    Quorum.deal(SecretBytes.copyOf(secret), 2, 3, random).get(0));
            vault.vault()
                    .bear(
                            SecretBytes.copyOf(secret),
                            quorum,
                            false,
                            new VaultBirth(random, java.time.Clock.systemUTC()).masterContent());
            vault.vault().newToken();
            vault.vault().masters().change(now -> now);
            assertNotEquals(0, vault.vault().masters().generation());
        }
    }

    @Test
    void key_that_leaves_the_content_is_in_neither_generation_any_more() throws IOException {
        try (OpenVault vault = OpenVault.make(folder)) {
            vault.vault()
                    .masters()
                    .change(now -> now.withMasters(now.masters().stream()
                            .filter(master -> master.usage() != KeyUsage.DTK)
                            .toList()));
            assertEquals(
                    KeyRefusal.UNKNOWN_KEY,
                    refusal(() -> vault.service()
                            .verifyMacs(List.of(new VerifyRequest(
                                    KeyRef.of(KeyUsage.DTK, 1, CITY, CARD), new byte[0], new byte[9], new byte[4])))));
        }
        for (String lost : List.of("store.0", "store.1")) {
            byte[] intact = Files.readAllBytes(folder.resolve(lost));
            Files.write(folder.resolve(lost), new byte[5]);
            var opened = new VaultFolder(folder).readMasters(List.of(), RandomSource.secure());
            assertTrue(opened.content().masters().stream().noneMatch(master -> master.usage() == KeyUsage.DTK));
            Files.write(folder.resolve(lost), intact);
        }
    }

    private static void assertOperational(KeyService keys) {
        Map.of(SigningKey.POLICY, "ZTL2名单", SigningKey.COMMAND, "ZTC2指令").forEach((key, text) -> {
            byte[] list = text.getBytes(StandardCharsets.UTF_8);
            assertTrue(Sm2.verify(Sm2PublicKey.decode(keys.publicKey(key)), list, keys.sign(key, list)));
        });
        assertEquals(16, keys.random(16).length);
        MachineName pos = new MachineName(MachineRole.POS, "43");
        byte[] request = MachineKeys.request(MachineProfile.SM2, MachineKeys.generate(MachineProfile.SM2), pos);
        String pem = keys.enrolMachine(new MachineEnrolment(MachineProfile.SM2, pos, request))
                .pem();
        assertTrue(pem.startsWith("-----BEGIN CERTIFICATE"));
        assertEquals(1, keys.revoke(BigInteger.TWO, RevocationReason.RETIRED).size());
    }

    private static void assertSealed(KeyService keys) {
        KeyRef control = KeyRef.of(KeyUsage.ACCESS_CONTROL, 1, CITY, COMMUNITY, CARD);
        KeyRef line = KeyRef.of(KeyUsage.ACCESS_LINE, 1, CITY, COMMUNITY, CARD);
        byte[] head = {(byte) KeyUsage.ACCESS_LINE.cardType(), 0, 0, 1, 4};
        List<Executable> asked = List.of(
                () -> keys.wrap(List.of(
                        new WrapRequest(control, new byte[16], Hex.parse("84d40100"), head, line, new byte[0]))),
                () -> keys.mac(List.of(COMMAND_MAC)),
                () -> keys.verifyMacs(List.of(new VerifyRequest(DAMK, new byte[0], new byte[9], new byte[4]))),
                () -> keys.verifyThenMac(KeyRef.of(KeyUsage.DLK, 1, CITY, CARD), new byte[8], CARD, new byte[4], CARD),
                () -> keys.authenticate(KeyRef.of(KeyUsage.DACK, 1, CITY, CARD), new byte[8]),
                () -> keys.sign(SigningKey.SETTLEMENT, CARD),
                keys::keys);
        for (Executable ask : asked) {
            assertEquals(KeyRefusal.SEALED, refusal(ask));
        }
        assertFalse(keys.status().state() == VaultState.OPEN);
    }

    private static KeyRefusal refusal(Executable ask) {
        return assertThrows(KeyServiceException.class, ask).reason();
    }

    private VaultFault fault() {
        return assertThrows(VaultException.class, () -> OpenVault.sealed(folder))
                .fault();
    }
}
