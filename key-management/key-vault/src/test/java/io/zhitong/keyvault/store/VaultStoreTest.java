package io.zhitong.keyvault.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyState;
import io.zhitong.keyapi.KeyTerms;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.keyvault.VaultException;
import io.zhitong.keyvault.VaultFault;
import io.zhitong.smcrypto.HashChain;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultStoreTest {
    private static final byte[] KEY = Hex.parse("f0862c4759ca9b15561201f52e295c59");

    @TempDir
    Path folder;

    @BeforeEach
    void twoGenerations() {
        try (VaultStore store =
                VaultStore.create(folder, Compartment.MASTERS, master(), true, content(1), RandomSource.secure())) {
            store.save(content(2));
        }
    }

    @Test
    void newest_generation_opens_with_all_it_holds() {
        VaultStore.Opened opened = VaultStore.open(folder, Compartment.MASTERS, master(), RandomSource.secure());
        StoredMaster stored = opened.content().masters().get(0);

        assertEquals(2, opened.store().generation());
        assertTrue(opened.store().demoQuorum());
        assertEquals(2, opened.content().auditNumber());
        assertEquals(KeyUsage.DPK, stored.usage());
        assertEquals(KeyState.RETIRED, stored.state());
        assertEquals("4403ff0000000000", Hex.of(stored.path().get(0)));
        assertEquals(SecretBytes.copyOf(KEY), stored.key());
        assertEquals(List.of(), opened.refused());
    }

    @Test
    void every_single_changed_bit_of_a_file_opens_the_other_one_and_nothing_is_lost() throws IOException {
        Path newest = folder.resolve("store.0");
        byte[] intact = Files.readAllBytes(newest);
        for (int bit = 0; bit < intact.length * 8; bit++) {
            byte[] changed = intact.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(newest, changed);
            VaultStore.Opened opened = VaultStore.open(folder, Compartment.MASTERS, master(), RandomSource.secure());
            assertEquals(2, opened.content().auditNumber(), "bit " + bit);
            assertEquals(List.of("store.0 is not intact"), opened.refused());
        }
        Files.write(newest, intact);
        assertEquals(2, reopened().content().auditNumber());
    }

    @Test
    void every_truncation_and_an_empty_file_open_the_other_one() throws IOException {
        Path newest = folder.resolve("store.0");
        byte[] intact = Files.readAllBytes(newest);
        for (int length = 0; length < intact.length; length++) {
            Files.write(newest, Arrays.copyOf(intact, length));
            assertEquals(2, reopened().content().auditNumber(), "length " + length);
        }
    }

    @Test
    void next_write_after_damage_keeps_the_damaged_file_aside_and_becomes_the_newest() throws IOException {
        Path newest = folder.resolve("store.0");
        byte[] changed = Files.readAllBytes(newest);
        changed[100] ^= 1;
        Files.write(newest, changed);

        try (VaultStore store = reopened().store()) {
            store.save(content(7));
        }

        assertEquals(7, reopened().content().auditNumber());
        assertTrue(Arrays.equals(changed, Files.readAllBytes(folder.resolve("store.0.damaged"))));
    }

    @Test
    void both_generations_damaged_are_refused_by_name() throws IOException {
        for (String slot : List.of("store.0", "store.1")) {
            byte[] changed = Files.readAllBytes(folder.resolve(slot));
            changed[changed.length - 1] ^= 1;
            Files.write(folder.resolve(slot), changed);
        }

        assertEquals(VaultFault.STORE_REFUSED, fault(master()));
    }

    @Test
    void wrong_quorum_and_missing_store_are_told_apart_from_damage() throws IOException {
        assertEquals(VaultFault.WRONG_QUORUM, fault(SecretBytes.takeOver(new byte[32])));
        Files.delete(folder.resolve("store.0"));
        Files.delete(folder.resolve("store.1"));
        assertEquals(VaultFault.NO_STORE, fault(master()));
    }

    @Test
    void store_is_not_made_twice() {
        VaultException refused = assertThrows(
                VaultException.class,
                () -> VaultStore.create(
                        folder, Compartment.MASTERS, master(), false, content(1), RandomSource.secure()));

        assertEquals(VaultFault.STORE_EXISTS, refused.fault());
    }

    @Test
    void key_is_in_the_clear_layout_and_nowhere_on_disk() throws IOException {
        assertTrue(contains(content(1).encode(), KEY), "the search finds the key where it is");
        for (String slot : List.of("store.0", "store.1")) {
            Path file = folder.resolve(slot);
            assertFalse(contains(Files.readAllBytes(file), KEY));
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        }
    }

    @Test
    void same_content_is_never_encrypted_twice_alike() throws IOException {
        byte[] before = Files.readAllBytes(folder.resolve("store.0"));
        try (VaultStore store = reopened().store()) {
            store.save(content(2));
            store.save(content(2));
        }
        byte[] after = Files.readAllBytes(folder.resolve("store.0"));

        assertEquals(before.length, after.length);
        assertFalse(Arrays.equals(before, 52, before.length, after, 52, after.length));
    }

    private VaultStore.Opened reopened() {
        return VaultStore.open(folder, Compartment.MASTERS, master(), RandomSource.secure());
    }

    private VaultFault fault(SecretBytes master) {
        return assertThrows(
                        VaultException.class,
                        () -> VaultStore.open(folder, Compartment.MASTERS, master, RandomSource.secure()))
                .fault();
    }

    private static SecretBytes master() {
        byte[] master = new byte[32];
        Arrays.fill(master, (byte) 0x5A);
        return SecretBytes.takeOver(master);
    }

    private static VaultContent content(long auditNumber) {
        StoredMaster master = StoredMaster.begin(
                KeyRef.of(KeyUsage.DPK, 3, Hex.parse("4403ff0000000000")),
                KeyState.RETIRED,
                KeyTerms.own(1_800_000_000),
                1_800_000_000,
                SecretBytes.copyOf(KEY));
        return new VaultContent(
                List.of(master), Map.of(), List.of(), List.of(), List.of(), Map.of(), auditNumber, HashChain.start());
    }

    private static boolean contains(byte[] hay, byte[] needle) {
        return Hex.of(hay).contains(Hex.of(needle));
    }
}
