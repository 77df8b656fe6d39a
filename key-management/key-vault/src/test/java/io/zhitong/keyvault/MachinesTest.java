package io.zhitong.keyvault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.keyapi.IssuedMachine;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.MachineCertificate;
import io.zhitong.keyapi.MachineEnrolment;
import io.zhitong.keyapi.RevocationReason;
import io.zhitong.machinetls.MachineIdentity;
import io.zhitong.machinetls.MachineKeys;
import io.zhitong.machinetls.MachineName;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.machinetls.MachineRole;
import io.zhitong.machinetls.Renewal;
import io.zhitong.smcrypto.RandomSource;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The machine authorities of a vault on a clock of the test's. */
class MachinesTest {
    private static final MachineName BACKEND = new MachineName(MachineRole.BACKEND, "backend-1");
    private static final MachineName POS = new MachineName(MachineRole.POS, "1-43");

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock(Instant.parse("2026-05-01T08:00:00Z"));
    private Vault vault;

    @BeforeEach
    void open() {
        vault = new VaultFolder(folder).open(RandomSource.secure(), clock);
    }

    @AfterEach
    void close() {
        vault.close();
    }

    private void reopen() {
        vault.close();
        open();
    }

    private static MachineEnrolment asked(MachineProfile profile, MachineName name, KeyPair pair) {
        return new MachineEnrolment(profile, name, MachineKeys.request(profile, pair, name));
    }

    private X509Certificate given(MachineProfile profile) {
        return vault.serviceFor(BACKEND)
                .enrolMachine(asked(profile, POS, MachineKeys.generate(profile)))
                .chain()
                .get(0);
    }

    private static KeyRefusal refusal(org.junit.jupiter.api.function.Executable ask) {
        return assertThrows(KeyServiceException.class, ask).reason();
    }

    @ParameterizedTest
    @EnumSource(MachineProfile.class)
    void certificate_lives_ninety_days_and_its_successor_is_due_a_third_before(MachineProfile profile) {
        X509Certificate first = given(profile);
        assertEquals(
                clock.instant().plus(Duration.ofDays(90)), first.getNotAfter().toInstant());
        clock.advance(Duration.between(clock.instant(), Renewal.due(first)).minusSeconds(1));
        assertFalse(Renewal.isDue(first, clock.instant()));
        clock.advance(Duration.ofSeconds(1));
        assertTrue(Renewal.isDue(first, clock.instant()));
        X509Certificate next = given(profile);
        assertTrue(next.getNotAfter().after(first.getNotAfter()));
        assertTrue(first.getNotAfter().toInstant().isAfter(clock.instant()), "the old one still counts");
    }

    @Test
    void issued_certificates_are_remembered_over_a_restart_and_forgotten_a_month_after_their_end() {
        X509Certificate sm2 = given(MachineProfile.SM2);
        X509Certificate p256 = given(MachineProfile.P256);
        reopen();
        List<IssuedMachine> issued = vault.machines().issued();
        assertEquals(
                List.of(sm2.getSerialNumber(), p256.getSerialNumber()),
                issued.stream().map(IssuedMachine::serial).toList());
        assertEquals(
                List.of(MachineProfile.SM2, MachineProfile.P256),
                issued.stream().map(IssuedMachine::profile).toList());
        assertEquals(POS, issued.get(0).name());
        assertEquals(sm2.getNotAfter().toInstant(), issued.get(0).to());
        vault.serviceFor(BACKEND).revoke(sm2.getSerialNumber(), RevocationReason.LOST);
        clock.advance(Duration.ofDays(90 + 32));
        X509Certificate later = given(MachineProfile.SM2);
        assertEquals(
                List.of(later.getSerialNumber()),
                vault.machines().issued().stream().map(IssuedMachine::serial).toList());
        assertEquals(List.of(), vault.machines().revocations(), "nobody believes it any more, revoked or not");
    }

    @Test
    void token_answers_the_key_it_was_spent_for_until_that_has_arrived_and_no_other_key() {
        String token = vault.newToken();
        KeyPair own = MachineKeys.generate(MachineProfile.SM2);
        KeyPair other = MachineKeys.generate(MachineProfile.SM2);
        vault.tokenEnrolment().enrol(token, asked(MachineProfile.SM2, BACKEND, own));
        reopen();
        assertEquals(
                KeyRefusal.BAD_TOKEN,
                refusal(() -> vault.tokenEnrolment().enrol(token, asked(MachineProfile.SM2, BACKEND, other))));
        MachineCertificate again = vault.tokenEnrolment().enrol(token, asked(MachineProfile.SM2, BACKEND, own));
        assertEquals(own.getPublic(), again.chain().get(0).getPublicKey());
        assertFalse(vault.machines().arrived(BigInteger.TWO));
        assertTrue(vault.machines().arrived(again.serial()));
        assertFalse(vault.machines().arrived(again.serial()));
        assertFalse(vault.tokenOpen());
        assertEquals(
                KeyRefusal.BAD_TOKEN,
                refusal(() -> vault.tokenEnrolment().enrol(token, asked(MachineProfile.SM2, BACKEND, own))));
    }

    @Test
    void token_spent_for_a_key_ends_with_its_time_and_with_the_next_token() {
        KeyPair own = MachineKeys.generate(MachineProfile.SM2);
        String first = vault.newToken();
        vault.tokenEnrolment().enrol(first, asked(MachineProfile.SM2, BACKEND, own));
        String second = vault.newToken();
        assertEquals(
                KeyRefusal.BAD_TOKEN,
                refusal(() -> vault.tokenEnrolment().enrol(first, asked(MachineProfile.SM2, BACKEND, own))));
        vault.tokenEnrolment().enrol(second, asked(MachineProfile.SM2, BACKEND, own));
        clock.advance(Duration.ofDays(7));
        assertEquals(
                KeyRefusal.BAD_TOKEN,
                refusal(() -> vault.tokenEnrolment().enrol(second, asked(MachineProfile.SM2, BACKEND, own))));
    }

    @Test
    void revocation_lists_name_what_their_authority_issued_and_their_number_rises_over_restart_and_clock() {
        X509Certificate sm2 = given(MachineProfile.SM2);
        X509Certificate p256 = given(MachineProfile.P256);
        vault.serviceFor(BACKEND).revoke(sm2.getSerialNumber(), RevocationReason.LOST);
        vault.serviceFor(BACKEND).revoke(p256.getSerialNumber(), RevocationReason.RETIRED);
        vault.serviceFor(BACKEND).revoke(BigInteger.TWO, RevocationReason.REPLACED);
        long first = written().number();
        assertEquals(2, crl("crl.pem").getRevokedCertificates().size());
        assertEquals(
                1,
                crl("crl.pem")
                        .getRevokedCertificate(sm2.getSerialNumber())
                        .getRevocationReason()
                        .ordinal());
        assertEquals(
                5,
                crl("crl-p256.pem")
                        .getRevokedCertificate(p256.getSerialNumber())
                        .getRevocationReason()
                        .ordinal());
        assertTrue(crl("crl-p256.pem").getRevokedCertificate(BigInteger.TWO) != null, "nobody knows whose it was");
        assertEquals(
                clock.instant().plus(Duration.ofDays(7)),
                crl("crl.pem").getNextUpdate().toInstant());
        reopen();
        clock.advance(Duration.ofDays(-30));
        assertEquals(first + 1, written().number());
    }

    private record Written(long number) {}

    private Written written() {
        new RevocationFiles(folder, vault.machines(), clock).write();
        return new Written(MachineRecords.of(vault.content()).listNumber());
    }

    @Test
    void lists_are_made_anew_once_a_day() throws IOException {
        RevocationFiles files = new RevocationFiles(folder, vault.machines(), clock);
        files.write();
        byte[] first = Files.readAllBytes(folder.resolve("crl.pem"));
        clock.advance(Duration.ofHours(23));
        files.refresh();
        assertEquals(first.length, Files.readAllBytes(folder.resolve("crl.pem")).length);
        assertTrue(java.util.Arrays.equals(first, Files.readAllBytes(folder.resolve("crl.pem"))));
        clock.advance(Duration.ofHours(1));
        files.refresh();
        assertFalse(java.util.Arrays.equals(first, Files.readAllBytes(folder.resolve("crl.pem"))));
    }

    private X509CRL crl(String name) {
        try (InputStream in = Files.newInputStream(folder.resolve(name))) {
            return (X509CRL) CertificateFactory.getInstance("X.509", new BouncyCastleProvider())
                    .generateCRL(in);
        } catch (IOException | java.security.GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void vault_renews_its_own_certificate_while_it_runs_and_those_who_pinned_the_authority_believe_it() {
        OwnIdentities own = new OwnIdentities(folder, vault);
        var before = own.tls();
        MachineIdentity first = MachineIdentity.load(MachineProfile.SM2, folder.resolve("tls"), "vault");
        own.renew();
        assertEquals(before, own.tls(), "not due");
        clock.advance(Duration.ofDays(60));
        own.renew();
        assertNotEquals(before, own.tls());
        var second = own.tls();
        BigInteger serial = MachineIdentity.load(MachineProfile.SM2, folder.resolve("tls"), "vault")
                .chain()
                .get(0)
                .getSerialNumber();
        vault.serviceFor(BACKEND).revoke(serial, RevocationReason.COMPROMISED);
        own.renew();
        assertNotEquals(second, own.tls(), "one that was revoked is replaced");
        MachineIdentity next = MachineIdentity.load(MachineProfile.SM2, folder.resolve("tls"), "vault");
        assertNotEquals(first.chain().get(0).getPublicKey(), next.chain().get(0).getPublicKey());
        assertEquals(first.chain().get(1), next.chain().get(1));
    }
}
