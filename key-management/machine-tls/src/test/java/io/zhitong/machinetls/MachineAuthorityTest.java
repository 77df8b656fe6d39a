package io.zhitong.machinetls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MachineAuthorityTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(MachineProfile.class)
    void openssl_accepts_the_chain_and_refuses_it_under_another_authority(MachineProfile profile)
            throws IOException, InterruptedException {
        Estate estate = new Estate(profile, "CA");
        X509Certificate leaf =
                estate.machine(MachineRole.CONTROLLER, "42").chain().get(0);
        Path ca = write("ca.pem", estate.ca());
        Path other = write("other.pem", new Estate(profile, "CA").ca());
        Path machine = write("machine.pem", leaf);

        assertEquals(0, openssl(profile, ca, machine));
        assertTrue(openssl(profile, other, machine) != 0);
    }

    @Test
    void leaf_has_no_basic_constraints_and_may_only_sign() {
        X509Certificate leaf = new Estate(MachineProfile.SM2, "CA")
                .machine(MachineRole.CONTROLLER, "42")
                .chain()
                .get(0);

        assertEquals(Set.of("2.5.29.15"), leaf.getCriticalExtensionOIDs());
        assertEquals(
                "CN=42,OU=controller,O=Zhitong", leaf.getSubjectX500Principal().getName());
        assertEquals(-1, leaf.getBasicConstraints());
    }

    @Test
    void name_in_the_certificate_is_the_authoritys_not_the_requests() {
        Estate estate = new Estate(MachineProfile.SM2, "CA");
        KeyPair pair = MachineKeys.generate(MachineProfile.SM2);
        byte[] request = MachineKeys.request(MachineProfile.SM2, pair, new MachineName(MachineRole.BACKEND, "wish"));
        X509Certificate issued =
                estate.authority.issue(request, new MachineName(MachineRole.POS, "43"), Instant.EPOCH, Instant.now());

        assertEquals("pos/43", MachinePeer.of(issued).name().toString());
    }

    @Test
    void changed_foreign_and_oversized_requests_are_refused() {
        Estate estate = new Estate(MachineProfile.SM2, "CA");
        MachineName name = new MachineName(MachineRole.POS, "43");
        byte[] good = MachineKeys.request(MachineProfile.SM2, MachineKeys.generate(MachineProfile.SM2), name);
        byte[] changed = good.clone();
        changed[changed.length - 3] ^= 1;
        byte[] p256 = MachineKeys.request(MachineProfile.P256, MachineKeys.generate(MachineProfile.P256), name);

        assertEquals(MachineTlsError.BAD_REQUEST, refusal(estate, changed));
        assertEquals(MachineTlsError.WRONG_PROFILE, refusal(estate, p256));
        assertEquals(MachineTlsError.BAD_REQUEST, refusal(estate, new byte[0]));
        assertEquals(MachineTlsError.BAD_REQUEST, refusal(estate, new byte[5000]));
        assertEquals(MachineTlsError.BAD_REQUEST, refusal(estate, "hello".getBytes(StandardCharsets.US_ASCII)));
    }

    private static MachineTlsError refusal(Estate estate, byte[] request) {
        return assertThrows(
                        MachineTlsException.class,
                        () -> estate.authority.issue(
                                request, new MachineName(MachineRole.POS, "43"), Instant.EPOCH, Instant.now()))
                .reason();
    }

    private Path write(String name, X509Certificate certificate) throws IOException {
        return Files.writeString(folder.resolve(name), Pem.ofCertificates(List.of(certificate)));
    }

    /** OpenSSL needs the SM2 identifier said aloud; it is the default one of GB/T 32918. */
    private static int openssl(MachineProfile profile, Path ca, Path leaf) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("openssl", "verify", "-CAfile", ca.toString()));
        if (profile == MachineProfile.SM2) {
            command.addAll(List.of("-vfyopt", "distid:1234567812345678"));
        }
        command.add(leaf.toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getInputStream().readAllBytes();
        assertTrue(process.waitFor(20, TimeUnit.SECONDS));
        return process.exitValue();
    }

    @Test
    void sequence_with_nothing_in_it_is_no_request_and_not_a_fault_of_ours() {
        byte[] empty = {0x30, 0};
        MachineName name = new MachineName(MachineRole.POS, "43");
        Instant now = Instant.now();
        MachineAuthority authority = new Estate(MachineProfile.SM2, "CA").authority;
        assertEquals(
                MachineTlsError.BAD_REQUEST,
                assertThrows(MachineTlsException.class, () -> authority.issue(empty, name, now, now.plusSeconds(60)))
                        .reason());
        assertEquals(
                MachineTlsError.BAD_REQUEST,
                assertThrows(MachineTlsException.class, () -> MachineKeys.requested(empty))
                        .reason());
    }
}
