package io.zhitong.machinetls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** X.509 revocation lists of both authorities, judged by the {@code openssl} command. */
class RevocationListTest {
    private static final int SUPERSEDED = 4;
    private static final BigInteger NUMBER = BigInteger.valueOf(1_780_000_000L);

    @TempDir
    Path folder;

    private record Answer(int code, String text) {}

    private Answer openssl(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Answer(process.waitFor(), text);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private MachineIdentity layOut(Estate estate) throws IOException {
        MachineIdentity good = estate.machine(MachineRole.POS, "43");
        MachineIdentity bad = estate.machine(MachineRole.POS, "44");
        write("ca.pem", Pem.ofCertificates(List.of(estate.ca())));
        write("good.pem", Pem.ofCertificates(good.chain().subList(0, 1)));
        write("bad.pem", Pem.ofCertificates(bad.chain().subList(0, 1)));
        Instant now = Instant.now();
        List<RevokedSerial> revoked =
                List.of(new RevokedSerial(bad.chain().get(0).getSerialNumber(), now.minusSeconds(30), SUPERSEDED));
        write(
                "crl.pem",
                Pem.ofRevocationList(estate.authority.revocationList(
                        NUMBER, now.minusSeconds(1), now.plus(Duration.ofDays(7)), revoked)));
        return bad;
    }

    @ParameterizedTest
    @EnumSource(MachineProfile.class)
    void openssl_reads_number_times_serial_and_reason(MachineProfile profile) throws Exception {
        MachineIdentity bad = layOut(new Estate(profile, "CA"));
        String text = openssl("crl", "-in", "crl.pem", "-noout", "-text").text();
        assertTrue(text.contains("Version 2"), text);
        assertTrue(text.contains("Superseded"), text);
        assertTrue(
                text.contains(String.format("%040X", bad.chain().get(0).getSerialNumber())
                        .substring(8)),
                text);
        assertTrue(openssl("crl", "-in", "crl.pem", "-noout", "-crlnumber")
                .text()
                .contains(NUMBER.toString(16).toUpperCase(java.util.Locale.ROOT)));
    }

    @Test
    void openssl_accepts_the_signature_of_p256_and_not_that_of_a_namesake() throws Exception {
        layOut(new Estate(MachineProfile.P256, "CA"));
        Answer verified = openssl("crl", "-in", "crl.pem", "-CAfile", "ca.pem", "-noout");
        assertTrue(verified.text().contains("verify OK"), verified.text());
        write("ca.pem", Pem.ofCertificates(List.of(new Estate(MachineProfile.P256, "CA").ca())));
        Answer foreign = openssl("crl", "-in", "crl.pem", "-CAfile", "ca.pem", "-noout");
        assertTrue(foreign.text().contains("verify failure"), foreign.text());
    }

    @Test
    void openssl_refuses_the_revoked_certificate_of_p256_by_the_list_and_accepts_its_neighbour() throws Exception {
        layOut(new Estate(MachineProfile.P256, "CA"));
        Answer good = openssl("verify", "-crl_check", "-CRLfile", "crl.pem", "-CAfile", "ca.pem", "good.pem");
        assertEquals(0, good.code(), good.text());
        Answer bad = openssl("verify", "-crl_check", "-CRLfile", "crl.pem", "-CAfile", "ca.pem", "bad.pem");
        assertFalse(bad.code() == 0);
        assertTrue(bad.text().contains("certificate revoked"), bad.text());
    }

    /** OpenSSL 3.0 takes no identity for the list's own signature, so the signed bytes are cut out and checked by dgst. */
    @Test
    void openssl_accepts_the_signature_of_sm2_over_the_bytes_it_cut_out_and_not_over_others() throws Exception {
        layOut(new Estate(MachineProfile.SM2, "CA"));
        openssl("x509", "-in", "ca.pem", "-noout", "-pubkey", "-out", "key.pem");
        openssl("asn1parse", "-in", "crl.pem", "-strparse", "4", "-noout", "-out", "signed");
        String[] lines = openssl("asn1parse", "-in", "crl.pem").text().split("\n");
        String signature = lines[lines.length - 1].strip().split(":")[0];
        openssl("asn1parse", "-in", "crl.pem", "-strparse", signature, "-noout", "-out", "signature");
        Answer right = dgst();
        assertTrue(right.text().contains("Verified OK"), right.text());
        byte[] signed = Files.readAllBytes(folder.resolve("signed"));
        signed[signed.length - 1] ^= 1;
        Files.write(folder.resolve("signed"), signed);
        assertTrue(dgst().text().contains("Verification failure"), "one bit further it is not");
    }

    private Answer dgst() throws IOException, InterruptedException {
        return openssl(
                "dgst",
                "-sm3",
                "-sigopt",
                "distid:1234567812345678",
                "-verify",
                "key.pem",
                "-signature",
                "signature",
                "signed");
    }

    @Test
    void reasons_and_serials_outside_the_standard_are_refused() {
        for (int reason : new int[] {-1, 7, 11}) {
            assertThrows(MachineTlsException.class, () -> new RevokedSerial(BigInteger.TEN, Instant.EPOCH, reason));
        }
        assertThrows(MachineTlsException.class, () -> new RevokedSerial(BigInteger.ZERO, Instant.EPOCH, 1));
    }
}
