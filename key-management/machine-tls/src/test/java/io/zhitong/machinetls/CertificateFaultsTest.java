package io.zhitong.machinetls;

import static io.zhitong.machinetls.MachineRole.CONTROLLER;
import static io.zhitong.machinetls.MachineRole.STATION;
import static io.zhitong.machinetls.MachineRole.VAULT;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates and requests with one thing wrong, made by hand around the authority that would not make them. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class CertificateFaultsTest {

    private static final Instant NOW = Instant.parse("2026-11-21T04:00:00Z");
    private static final KeyPair CA_PAIR = MachineKeys.generate(MachineProfile.SM2);
    private static final MachineAuthority CA = MachineAuthority.create(
            MachineProfile.SM2, CA_PAIR, "CA", NOW.minusSeconds(60), NOW.plus(Duration.ofDays(365)));
    private static final KeyPair LEAF_PAIR = MachineKeys.generate(MachineProfile.SM2);
    /** With {@code -Dzhitong.rounds=N}, N of 1000 or more, every bit; else every seventh. */
    private static final int STRIDE = Integer.getInteger("zhitong.rounds", 50) >= 1000 ? 1 : 7;

    private static final String SUBJECT = "O=Zhitong,OU=controller,CN=1-42";

    private static X509Certificate leaf(String subject, KeyPair pair, int usage, boolean authority) {
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                new X500Name("O=Zhitong,CN=CA"),
                BigInteger.TEN,
                Date.from(NOW.minusSeconds(10)),
                Date.from(NOW.plusSeconds(10)),
                new X500Name(subject),
                SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()));
        try {
            if (authority) {
                builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            }
            if (usage != 0) {
                builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
            }
            return Pem.certificate(builder.build(new JcaContentSignerBuilder("SM3withSM2")
                            .setProvider(Providers.BC)
                            .build(CA_PAIR.getPrivate()))
                    .getEncoded());
        } catch (java.io.IOException | org.bouncycastle.operator.OperatorCreationException e) {
            throw new AssertionError(e);
        }
    }

    private static PeerVerifier verifier(Instant now, MachineRole... more) {
        PeerPolicy policy =
                PeerPolicy.of(CA.certificate(), CONTROLLER, more).withClock(Clock.fixed(now, ZoneOffset.UTC));
        return new PeerVerifier(MachineProfile.SM2, policy);
    }

    private static PeerRefusal refusal(PeerVerifier verifier, X509Certificate leaf) {
        return assertThrows(PeerRefusedException.class, () -> verifier.verify(new X509Certificate[] {leaf}))
                .reason();
    }

    @Test
    void certificate_made_by_hand_with_nothing_wrong_is_accepted() {
        X509Certificate good = leaf(SUBJECT, LEAF_PAIR, KeyUsage.digitalSignature, false);
        assertDoesNotThrow(() -> verifier(NOW).verify(new X509Certificate[] {good, CA.certificate()}));
    }

    @Test
    void key_on_another_curve_is_refused_although_the_authority_signed_it() {
        KeyPair p256 = MachineKeys.generate(MachineProfile.P256);
        assertEquals(
                PeerRefusal.WRONG_CURVE, refusal(verifier(NOW), leaf(SUBJECT, p256, KeyUsage.digitalSignature, false)));
    }

    @Test
    void certificate_for_other_uses_or_of_an_authority_is_no_machines() {
        assertEquals(PeerRefusal.NOT_A_MACHINE, refusal(verifier(NOW), leaf(SUBJECT, LEAF_PAIR, 0, false)));
        assertEquals(
                PeerRefusal.NOT_A_MACHINE,
                refusal(verifier(NOW), leaf(SUBJECT, LEAF_PAIR, KeyUsage.keyEncipherment, false)));
        assertEquals(
                PeerRefusal.NOT_A_MACHINE,
                refusal(
                        verifier(NOW),
                        leaf(SUBJECT, LEAF_PAIR, KeyUsage.digitalSignature | KeyUsage.keyCertSign, false)));
        assertEquals(
                PeerRefusal.NOT_A_MACHINE,
                refusal(verifier(NOW), leaf(SUBJECT, LEAF_PAIR, KeyUsage.digitalSignature, true)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "O=Other,OU=controller,CN=1-42",
                "OU=controller,CN=1-42",
                "O=Zhitong,CN=1-42",
                "O=Zhitong,OU=controller",
                "O=Zhitong,OU=janitor,CN=1-42",
                "O=Zhitong,OU=controller,OU=backend,CN=1-42",
                "O=Zhitong,OU=controller,CN=1-42,CN=1-43",
                "O=Zhitong,OU=controller+CN=1-42",
                "O=Zhitong,OU=controller,CN=a/b"
            })
    void subject_that_is_not_one_organisation_one_role_and_one_name_is_no_machines(String subject) {
        assertEquals(
                PeerRefusal.NOT_A_MACHINE,
                refusal(verifier(NOW), leaf(subject, LEAF_PAIR, KeyUsage.digitalSignature, false)));
    }

    @ParameterizedTest
    @CsvSource({"-11, NOT_YET_VALID", "-10, ", "10, ", "11, EXPIRED"})
    void certificate_holds_from_its_first_to_its_last_second(int seconds, PeerRefusal expected) {
        X509Certificate good = leaf(SUBJECT, LEAF_PAIR, KeyUsage.digitalSignature, false);
        PeerVerifier then = verifier(NOW.plusSeconds(seconds));
        if (expected == null) {
            assertDoesNotThrow(() -> then.verify(new X509Certificate[] {good}));
        } else {
            assertEquals(expected, refusal(then, good));
        }
    }

    @Test
    void role_that_is_not_accepted_here_is_refused_and_accepted_where_it_is_named() {
        X509Certificate station = leaf("O=Zhitong,OU=station,CN=desk-1", LEAF_PAIR, KeyUsage.digitalSignature, false);
        assertEquals(PeerRefusal.WRONG_ROLE, refusal(verifier(NOW, VAULT), station));
        assertDoesNotThrow(() -> verifier(NOW, STATION).verify(new X509Certificate[] {station}));
    }

    /** Every bit of a certificate is under the authority's signature, or no certificate any more. */
    @Test
    void no_turned_bit_of_a_certificate_leaves_one_that_is_accepted_as_another() throws Exception {
        byte[] good = leaf(SUBJECT, LEAF_PAIR, KeyUsage.digitalSignature, false).getEncoded();
        PeerVerifier verifier = verifier(NOW);
        for (int bit = 0; bit < good.length * 8; bit += STRIDE) {
            byte[] changed = good.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertTrue(refusedOrSame(verifier, changed, good), "bit " + bit + " of " + good.length * 8);
        }
        for (int length = 0; length < good.length; length += 7) {
            byte[] cut = Arrays.copyOf(good, length);
            assertEquals(
                    MachineTlsError.BAD_FILE,
                    assertThrows(MachineTlsException.class, () -> Pem.certificate(cut))
                            .reason());
        }
    }

    private static boolean refusedOrSame(PeerVerifier verifier, byte[] changed, byte[] good) throws Exception {
        try {
            X509Certificate parsed = Pem.certificate(changed);
            verifier.verify(new X509Certificate[] {parsed});
            return Arrays.equals(
                    parsed.getTBSCertificate(), Pem.certificate(good).getTBSCertificate());
        } catch (MachineTlsException | PeerRefusedException refused) {
            return true;
        }
    }

    /** A request comes from a stranger: whatever its bytes, the answer is a refusal by name and no other exception. */
    @ParameterizedTest
    @EnumSource
    void each_turned_bit_of_a_request_is_refused_by_name(MachineProfile profile) {
        Estate estate = new Estate(profile, "CA");
        MachineName name = new MachineName(CONTROLLER, "1-42");
        byte[] good = MachineKeys.request(profile, MachineKeys.generate(profile), name);
        Instant now = Instant.now();
        for (int bit = 0; bit < good.length * 8; bit += STRIDE) {
            byte[] changed = good.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            issueOrRefuse(estate, changed, name, now);
        }
        Random random = new Random(10);
        for (int round = 0; round < 500; round++) {
            byte[] changed = Arrays.copyOf(good, random.nextInt(good.length + 20));
            for (int i = 0; i < 4 && changed.length > 0; i++) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            }
            issueOrRefuse(estate, changed, name, now);
        }
        assertEquals(
                MachineTlsError.BAD_REQUEST,
                assertThrows(
                                MachineTlsException.class,
                                () -> estate.authority.issue(new byte[4097], name, now, now.plusSeconds(60)))
                        .reason());
        assertEquals(
                MachineTlsError.BAD_REQUEST,
                assertThrows(MachineTlsException.class, () -> estate.authority.issue(good, name, now, now))
                        .reason());
    }

    private static void issueOrRefuse(Estate estate, byte[] request, MachineName name, Instant now) {
        try {
            X509Certificate issued = estate.authority.issue(request, name, now, now.plusSeconds(60));
            assertEquals(name, MachineName.of(issued));
        } catch (MachineTlsException refused) {
            assertNotEquals(MachineTlsError.PROVIDER, refused.reason());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-----BEGIN CERTIFICATE-----",
                "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n",
                "-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----\n",
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END PRIVATE KEY-----\n",
                "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
                "noise -----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
            })
    void text_that_is_no_list_of_certificates_is_a_bad_file(String text) {
        assertEquals(
                MachineTlsError.BAD_FILE,
                assertThrows(MachineTlsException.class, () -> Pem.certificates(text))
                        .reason());
    }

    @Test
    void certificates_come_back_in_order_and_anything_behind_them_is_refused() {
        X509Certificate leaf = leaf(SUBJECT, LEAF_PAIR, KeyUsage.digitalSignature, false);
        String text = Pem.ofCertificates(List.of(leaf, CA.certificate()));
        assertEquals(List.of(leaf, CA.certificate()), Pem.certificates("\n " + text + "\n\n"));
        assertThrows(MachineTlsException.class, () -> Pem.certificates(text + "x"));
        assertThrows(MachineTlsException.class, () -> Pem.certificates(text + "-----BEGIN CERTIFICATE-----"));
        assertThrows(MachineTlsException.class, () -> Pem.certificates(text.repeat(200)));
    }

    /** Sixty thousand blanks, or half-begun blocks, cost no more than reading them. */
    @Test
    @Timeout(value = 5, unit = TimeUnit.SECONDS)
    void text_made_to_keep_the_reader_busy_is_refused_at_once() {
        for (String costly : List.of(
                " ".repeat(65_000),
                "-----BEGIN CERTIFICATE-----\n".repeat(2_300),
                "-----BEGIN A-----\n" + "A ".repeat(32_000))) {
            assertThrows(MachineTlsException.class, () -> Pem.certificates(costly));
        }
    }
}
