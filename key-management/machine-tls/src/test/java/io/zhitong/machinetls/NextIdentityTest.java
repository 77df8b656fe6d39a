package io.zhitong.machinetls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NextIdentityTest {
    private static final MachineName POS = new MachineName(MachineRole.POS, "43");

    @TempDir
    Path folder;

    @TempDir
    Path other;

    private final Estate estate = new Estate(MachineProfile.SM2, "CA");
    private final MachineIdentity old = estate.machine(MachineRole.POS, "43");

    @BeforeEach
    void storeOld() {
        old.store(folder, "pos");
    }

    private NextIdentity next() {
        return new NextIdentity(MachineProfile.SM2, folder, "pos");
    }

    private X509Certificate certified(Estate by, KeyPair pair) {
        Instant now = Instant.now();
        byte[] request = MachineKeys.request(by.profile, pair, POS);
        return by.authority.issue(request, POS, now.minusSeconds(60), now.plus(Estate.YEAR));
    }

    private X509Certificate loaded() {
        return MachineIdentity.load(MachineProfile.SM2, folder, "pos").chain().get(0);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return List.copyOf(new TreeSet<>(
                    files.map(file -> file.getFileName().toString()).toList()));
        }
    }

    @ParameterizedTest
    @EnumSource(MachineProfile.class)
    void question_without_answer_is_asked_again_with_the_same_key_after_a_restart(MachineProfile profile) {
        KeyPair first = new NextIdentity(profile, other, "door").pair();
        KeyPair again = new NextIdentity(profile, other, "door").pair();
        assertArrayEquals(first.getPublic().getEncoded(), again.getPublic().getEncoded());
        assertArrayEquals(first.getPrivate().getEncoded(), again.getPrivate().getEncoded());
        X509Certificate answer = certified(new Estate(profile, "CA"), again);
        assertEquals(
                answer,
                new NextIdentity(profile, other, "door")
                        .accept(List.of(answer))
                        .chain()
                        .get(0));
        assertTrue(MachineIdentity.stored(other, "door"));
    }

    @Test
    void answer_makes_the_next_identity_the_present_one_and_leaves_two_files() throws IOException {
        X509Certificate answer = certified(estate, next().pair());
        next().accept(List.of(answer, estate.ca()));
        assertEquals(answer, loaded());
        assertEquals(List.of("pos.key", "pos.pem"), names());
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("pos.key"))));
        assertNotEquals(answer.getPublicKey(), certified(estate, next().pair()).getPublicKey());
    }

    @Test
    void power_cut_before_the_decision_leaves_the_old_identity_and_after_it_the_new_one() throws IOException {
        KeyPair pair = next().pair();
        X509Certificate answer = certified(estate, pair);
        assertEquals(old.chain().get(0), loaded());
        assertEquals(List.of("pos.key", "pos.next.key", "pos.pem"), names());
        // The certificates are on disk, nothing is moved yet.
        Files.writeString(folder.resolve("pos.next.pem"), Pem.ofCertificates(List.of(answer)));
        assertTrue(MachineIdentity.stored(folder, "pos"));
        assertEquals(answer, loaded());
        assertEquals(List.of("pos.key", "pos.pem"), names());
    }

    @Test
    void power_cut_between_the_two_moves_leaves_the_new_identity() throws IOException {
        next().pair();
        X509Certificate answer = certified(estate, next().pair());
        Files.writeString(folder.resolve("pos.next.pem"), Pem.ofCertificates(List.of(answer)));
        Files.move(
                folder.resolve("pos.next.key"),
                folder.resolve("pos.key"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertEquals(answer, loaded());
        assertEquals(List.of("pos.key", "pos.pem"), names());
    }

    @Test
    void certificate_of_another_key_is_refused_and_the_old_identity_stays() throws IOException {
        next().pair();
        X509Certificate foreign = certified(estate, MachineKeys.generate(MachineProfile.SM2));
        MachineTlsException refused = assertThrows(MachineTlsException.class, () -> next().accept(List.of(foreign)));
        assertEquals(MachineTlsError.KEY_MISMATCH, refused.reason());
        assertEquals(old.chain().get(0), loaded());
    }

    @Test
    void forgotten_key_is_not_asked_for_again() throws IOException {
        byte[] before = next().pair().getPublic().getEncoded();
        next().forget();
        assertEquals(List.of("pos.key", "pos.pem"), names());
        assertFalse(java.util.Arrays.equals(before, next().pair().getPublic().getEncoded()));
    }

    @Test
    void renewal_is_due_when_a_third_of_the_life_is_left() {
        Instant from = Instant.parse("2026-01-01T00:00:00Z");
        X509Certificate quarter = estate.machine(MachineRole.POS, "43", from, from.plus(Duration.ofDays(90)))
                .chain()
                .get(0);
        assertEquals(Instant.parse("2026-03-02T00:00:00Z"), Renewal.due(quarter));
        assertFalse(Renewal.isDue(quarter, Instant.parse("2026-03-01T23:59:59Z")));
        assertTrue(Renewal.isDue(quarter, Instant.parse("2026-03-02T00:00:00Z")));
        assertTrue(Renewal.isDue(quarter, Instant.parse("2030-01-01T00:00:00Z")));
    }
}
