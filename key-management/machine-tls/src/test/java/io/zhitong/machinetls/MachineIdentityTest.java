package io.zhitong.machinetls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.util.encoders.Hex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MachineIdentityTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(MachineProfile.class)
    void stored_identity_loads_again_and_its_key_file_is_its_owners_alone(MachineProfile profile) throws IOException {
        MachineIdentity identity = new Estate(profile, "CA").machine(MachineRole.POS, "43");

        identity.store(folder, "pos");
        MachineIdentity loaded = MachineIdentity.load(profile, folder, "pos");

        assertTrue(MachineIdentity.stored(folder, "pos"));
        assertEquals(identity.chain(), loaded.chain());
        assertArrayEquals(identity.key().getEncoded(), loaded.key().getEncoded());
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("pos.key"))));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(2, files.count(), "no temporary file is left behind");
        }
    }

    @Test
    void key_file_that_others_may_read_is_refused() throws IOException {
        new Estate(MachineProfile.SM2, "CA").machine(MachineRole.POS, "43").store(folder, "pos");
        Files.setPosixFilePermissions(folder.resolve("pos.key"), PosixFilePermissions.fromString("rw-r-----"));

        assertEquals(MachineTlsError.OPEN_KEY_FILE, refusalOfLoading(MachineProfile.SM2));
    }

    @ParameterizedTest
    @EnumSource(MachineProfile.class)
    void key_of_another_certificate_is_refused(MachineProfile profile) throws IOException {
        Estate estate = new Estate(profile, "CA");
        estate.machine(MachineRole.POS, "43").store(folder, "pos");
        estate.machine(MachineRole.POS, "44").store(folder, "other");
        Files.move(folder.resolve("other.key"), folder.resolve("pos.key"), StandardCopyOption.REPLACE_EXISTING);

        assertEquals(MachineTlsError.KEY_MISMATCH, refusalOfLoading(profile));
    }

    @Test
    void files_of_another_profile_missing_files_and_garbage_are_refused() throws IOException {
        new Estate(MachineProfile.SM2, "CA").machine(MachineRole.POS, "43").store(folder, "pos");
        assertEquals(MachineTlsError.WRONG_PROFILE, refusalOfLoading(MachineProfile.P256));

        Files.writeString(folder.resolve("pos.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        assertEquals(MachineTlsError.BAD_FILE, refusalOfLoading(MachineProfile.SM2));
        Files.writeString(folder.resolve("pos.pem"), "hello");
        assertEquals(MachineTlsError.BAD_FILE, refusalOfLoading(MachineProfile.SM2));
        Files.delete(folder.resolve("pos.pem"));
        assertEquals(MachineTlsError.BAD_FILE, refusalOfLoading(MachineProfile.SM2));
        assertFalse(MachineIdentity.stored(folder, "pos"));
    }

    @Test
    void identity_never_prints_its_key() {
        MachineIdentity identity = new Estate(MachineProfile.SM2, "CA").machine(MachineRole.POS, "43");
        byte[] encoded = identity.key().getEncoded();
        // The scalar d of a SEC 1 key stands at a fixed place: find it first in the encoding, then nowhere else.
        String all = Hex.toHexString(encoded);
        String scalar = all.substring(all.indexOf("0201010420") + 10, all.indexOf("0201010420") + 74);

        assertTrue(all.contains(scalar));
        assertFalse(identity.toString().contains(scalar));
        assertTrue(identity.toString().contains("CN=43"));
    }

    @Test
    void names_outside_the_alphabet_are_refused() {
        for (String bad : List.of("", "a b", "a,OU=backend", "门", "x".repeat(65))) {
            MachineTlsException refused =
                    assertThrows(MachineTlsException.class, () -> new MachineName(MachineRole.POS, bad));
            assertEquals(MachineTlsError.BAD_NAME, refused.reason());
            assertFalse(bad.length() > 1 && refused.getMessage().contains(bad), "input is not reflected");
        }
    }

    private MachineTlsError refusalOfLoading(MachineProfile profile) {
        return assertThrows(MachineTlsException.class, () -> MachineIdentity.load(profile, folder, "pos"))
                .reason();
    }
}
