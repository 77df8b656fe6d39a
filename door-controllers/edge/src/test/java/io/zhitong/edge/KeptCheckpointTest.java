package io.zhitong.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.zhitong.accessmodel.Octets;
import io.zhitong.link.CheckpointKeeper;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PrivateKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backend may say what it likes; what the vault did not sign, or knew before, changes nothing. */
class KeptCheckpointTest {

    private static final Sm2PrivateKey AUDIT = Sm2PrivateKey.generate(RandomSource.secure());

    @TempDir
    Path folder;

    private CheckpointKeeper open = CheckpointKeeper.none();

    /** Signed as docs/keys.md says: ZTA1, number 8, hash 32. */
    static Octets checkpoint(Sm2PrivateKey signer, long number) {
        byte[] hash = new byte[32];
        Arrays.fill(hash, (byte) number);
        byte[] message = new ByteWriter().ascii("ZTA1").u64(number).bytes(hash).toByteArray();
        byte[] signature = Sm2.sign(signer, message, RandomSource.secure());
        return Octets.of(
                new ByteWriter().u64(number).bytes(hash).bytes(signature).toByteArray());
    }

    static Optional<Octets> kept(Path folder, Sm2PrivateKey signer) {
        return KeptCheckpoint.in(folder, Optional.of(signer.publicKey())).newest();
    }

    private CheckpointKeeper keeper() {
        open = KeptCheckpoint.in(folder, Optional.of(AUDIT.publicKey()));
        return open;
    }

    private Path file() {
        return folder.resolve("audit.checkpoint");
    }

    @Test
    void newest_is_on_disk_for_the_owner_only_and_there_after_a_restart() throws IOException {
        Octets newest = checkpoint(AUDIT, 901);
        keeper().told(newest);
        assertEquals(Optional.of(newest), open.newest());
        assertEquals(Optional.of(newest), keeper().newest());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
    }

    @Test
    void number_rises_only() {
        Octets newest = checkpoint(AUDIT, 901);
        keeper().told(newest);
        open.told(checkpoint(AUDIT, 801));
        open.told(checkpoint(AUDIT, 901));
        assertEquals(Optional.of(newest), open.newest());
        Octets higher = checkpoint(AUDIT, 1_000_902);
        open.told(higher);
        assertEquals(Optional.of(higher), keeper().newest());
    }

    @Test
    void what_the_vault_did_not_sign_pushes_nothing_up() {
        Octets right = checkpoint(AUDIT, 901);
        keeper().told(right);
        Octets otherVault = checkpoint(Sm2PrivateKey.generate(RandomSource.secure()), 5_000);
        open.told(otherVault);
        for (int at : List.of(0, 7, 8, 39, 40, 103)) {
            byte[] changed = checkpoint(AUDIT, 5_000).toByteArray();
            changed[at] ^= 1;
            open.told(Octets.of(changed));
        }
        byte[] negative = checkpoint(AUDIT, -5).toByteArray();
        open.told(Octets.of(negative));
        open.told(Octets.zeros(CheckpointKeeper.LENGTH));
        assertEquals(Optional.of(right), keeper().newest());
    }

    @Test
    void damaged_file_counts_as_none_and_is_replaced() throws IOException {
        Octets newest = checkpoint(AUDIT, 901);
        for (String damaged : List.of("", "zz", "0".repeat(208), "z".repeat(208), "0".repeat(5_000))) {
            Files.writeString(file(), damaged);
            assertEquals(Optional.empty(), keeper().newest(), damaged);
            open.told(newest);
            assertEquals(Optional.of(newest), keeper().newest());
        }
        assertEquals(Optional.empty(), kept(folder, Sm2PrivateKey.generate(RandomSource.secure())), "of another vault");
    }

    @Test
    void device_without_an_audit_key_keeps_nothing_and_a_disk_that_refuses_ends_no_connection() throws IOException {
        CheckpointKeeper none = KeptCheckpoint.in(folder, Optional.empty());
        none.told(checkpoint(AUDIT, 901));
        assertEquals(Optional.empty(), none.newest());
        assertFalse(Files.exists(file()));
        Files.createDirectories(file().resolve("in the way"));
        keeper().told(checkpoint(AUDIT, 901));
        assertEquals(Optional.empty(), open.newest());
    }
}
