package io.zhitong.keyvault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.keyapi.MacRequest;
import io.zhitong.keyapi.RevocationReason;
import io.zhitong.keyapi.SigningKey;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PublicKey;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A vault whose folder was damaged between two starts: what was taken back stays taken back. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class DamagedVaultTest {
    private static final KeyRef DAMK =
            KeyRef.of(KeyUsage.DAMK, 1, Hex.parse("4403ff0000000000"), Hex.parse("4403000100000001"));

    @TempDir
    Path folder;

    @BeforeEach
    void make() {
        OpenVault.make(folder).close();
    }

    private Path newest() throws IOException {
        Path zero = folder.resolve("op.0");
        Path one = folder.resolve("op.1");
        if (!Files.exists(zero)) {
            return one;
        }
        // generation: 8 bytes behind magic and flags
        byte[] a = Arrays.copyOfRange(Files.readAllBytes(zero), 5, 13);
        byte[] b = Files.exists(one) ? Arrays.copyOfRange(Files.readAllBytes(one), 5, 13) : new byte[8];
        return Arrays.compareUnsigned(a, b) > 0 ? zero : one;
    }

    private static void flip(Path file, int at) throws IOException {
        byte[] all = Files.readAllBytes(file);
        all[at < 0 ? all.length + at : at] ^= 1;
        Files.write(file, all);
    }

    private static Set<BigInteger> revoked(KeyService keys) {
        Set<BigInteger> serials = new TreeSet<>();
        keys.revocations().forEach(entry -> serials.add(entry.serial()));
        return serials;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 8, 20, 60, -1})
    void machine_that_was_revoked_stays_revoked_when_the_newest_generation_is_damaged(int at) throws IOException {
        try (OpenVault vault = OpenVault.open(folder)) {
            vault.service().revoke(new BigInteger("1a2b", 16), RevocationReason.LOST);
            vault.service().revoke(new BigInteger("3c", 16), RevocationReason.COMPROMISED);
        }
        flip(newest(), at);
        for (int start = 0; start < 2; start++) {
            try (OpenVault vault = OpenVault.open(folder)) {
                assertEquals(Set.of(new BigInteger("3c", 16), new BigInteger("1a2b", 16)), revoked(vault.service()));
                assertTrue(vault.vault().revoked(new BigInteger("3c", 16)));
            }
        }
    }

    @Test
    void token_of_a_lost_generation_opens_nothing() throws IOException {
        String token = Files.readString(folder.resolve("backend.token")).strip();
        try (OpenVault vault = OpenVault.open(folder)) {
            assertTrue(vault.vault().tokenOpen());
            vault.vault().newToken();
        }
        flip(newest(), -1);
        try (OpenVault vault = OpenVault.open(folder)) {
            assertFalse(vault.vault().tokenOpen(), "the generation before knows a token that is over");
            assertThrows(
                    KeyServiceException.class,
                    () -> vault.vault().tokenEnrolment().enrol(token, enrolment()));
            assertEquals(32, vault.vault().newToken().length());
            assertTrue(vault.vault().tokenOpen());
        }
    }

    private static io.zhitong.keyapi.MachineEnrolment enrolment() {
        return new io.zhitong.keyapi.MachineEnrolment(
                io.zhitong.machinetls.MachineProfile.SM2,
                new io.zhitong.machinetls.MachineName(io.zhitong.machinetls.MachineRole.BACKEND, "backend-1"),
                new byte[] {0x30, 0x00});
    }

    @Test
    void keys_of_the_previous_generation_are_those_of_the_damaged_one() throws IOException {
        MacRequest asked = new MacRequest(DAMK, new byte[16], new byte[20], 4);
        byte[] before;
        byte[] issuer;
        try (OpenVault vault = OpenVault.open(folder)) {
            vault.vault().newToken();
            before = vault.service().mac(List.of(asked)).get(0);
            issuer = vault.service().publicKey(SigningKey.CARD_ISSUER);
        }
        flip(newest(), 100);
        try (OpenVault vault = OpenVault.open(folder)) {
            assertEquals(
                    Hex.of(before), Hex.of(vault.service().mac(List.of(asked)).get(0)));
            assertEquals(Hex.of(issuer), Hex.of(vault.service().publicKey(SigningKey.CARD_ISSUER)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"store.0.part", "store.1.part", "backend.token.part", "store.2", "store"})
    void half_written_files_of_a_killed_vault_are_no_generation(String name) throws IOException {
        byte[] half = Arrays.copyOf(Files.readAllBytes(newest()), 200);
        Files.write(folder.resolve(name), half);
        try (OpenVault vault = OpenVault.open(folder)) {
            long generation = vault.vault().status().generation();
            vault.vault().newToken();
            assertEquals(generation + 1, vault.vault().status().generation());
        }
        OpenVault.open(folder).close();
    }

    @Test
    void audit_that_was_set_back_or_exchanged_stops_the_vault() throws IOException {
        byte[] old = Files.readAllBytes(folder.resolve("audit.log"));
        try (OpenVault vault = OpenVault.open(folder)) {
            vault.service().revoke(BigInteger.TEN, RevocationReason.LOST);
            vault.vault().newToken();
        }
        byte[] whole = Files.readAllBytes(folder.resolve("audit.log"));
        Files.write(folder.resolve("audit.log"), old);
        assertEquals(
                VaultFault.AUDIT_BROKEN,
                assertThrows(VaultException.class, () -> OpenVault.open(folder)).fault());
        Files.delete(folder.resolve("audit.log"));
        assertEquals(
                VaultFault.AUDIT_BROKEN,
                assertThrows(VaultException.class, () -> OpenVault.open(folder)).fault());
        Files.write(folder.resolve("audit.log"), whole);
        OpenVault.open(folder).close();
    }

    @Test
    void start_that_failed_for_a_wrong_share_leaves_the_folder_to_the_next() throws IOException {
        Path wrong = Files.writeString(folder.resolve("wrong.txt"), "00".repeat(47));
        var failing = new VaultProcess.Settings(folder, 0, false, List.of(wrong), false);
        assertEquals(
                VaultFault.BAD_SHARE,
                assertThrows(
                                VaultException.class,
                                () -> VaultProcess.start(failing, Clock.systemUTC(), RandomSource.secure()))
                        .fault());
        var good = new VaultProcess.Settings(folder, 0, false, List.of(), false);
        VaultProcess.start(good, Clock.systemUTC(), RandomSource.secure()).close();
    }

    @Test
    void token_is_over_after_seven_days_and_a_clock_set_back_makes_no_new_one() {
        Clock now = Clock.systemUTC();
        String text = "00112233445566778899aabbccddeeff";
        var stored = Tokens.stored(text, now.instant());
        assertTrue(Tokens.opens(
                stored, text, now.instant().plus(Duration.ofDays(7)).minusSeconds(2)));
        assertFalse(Tokens.opens(
                stored, text, now.instant().plus(Duration.ofDays(7)).plusSeconds(1)));
        assertFalse(Tokens.opens(stored, text.replace('0', '1'), now.instant()));
        assertFalse(Tokens.opens(stored, "", now.instant()));
        assertFalse(Tokens.opens(stored, text + "\n", now.instant()));
    }

    @Test
    void callers_at_once_get_right_answers_and_one_unbroken_audit() throws Exception {
        Set<String> answers = new ConcurrentSkipListSet<>();
        int threads = 4;
        int each = 40;
        long before;
        try (OpenVault vault = OpenVault.open(folder)) {
            KeyService keys = vault.service();
            before = keys.status().auditNumber();
            Sm2PublicKey settlement = Sm2PublicKey.decode(keys.publicKey(SigningKey.SETTLEMENT));
            CountDownLatch done = new CountDownLatch(threads);
            for (int t = 0; t < threads; t++) {
                Thread thread = new Thread(
                        () -> {
                            for (int i = 0; i < each; i++) {
                                byte[] message = {(byte) i};
                                boolean right =
                                        Sm2.verify(settlement, message, keys.sign(SigningKey.SETTLEMENT, message));
                                answers.add(right + " "
                                        + Hex.of(keys.mac(List.of(new MacRequest(DAMK, new byte[16], new byte[20], 4)))
                                                .get(0)));
                            }
                            done.countDown();
                        },
                        "caller-" + t);
                thread.setDaemon(true);
                thread.start();
            }
            assertTrue(done.await(40, TimeUnit.SECONDS));
            assertEquals(1, answers.size(), answers.toString());
            assertTrue(answers.iterator().next().startsWith("true "));
            assertTrue(keys.status().auditNumber() >= before + 2L * threads * each);
        }
        OpenVault.open(folder).close();
    }
}
