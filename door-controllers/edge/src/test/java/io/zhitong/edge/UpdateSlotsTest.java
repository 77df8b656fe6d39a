package io.zhitong.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.Hash;
import io.zhitong.accessmodel.SoftwareVersion;
import io.zhitong.accessmodel.UpdateManifest;
import io.zhitong.accessmodel.UpdateManifest.Architecture;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PrivateKey;
import io.zhitong.smcrypto.Sm3;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpdateSlotsTest {

    private static final Sm2PrivateKey POLICY = Sm2PrivateKey.generate(RandomSource.secure());
    private static final CommunityId HERE = new CommunityId(1);

    @TempDir
    private Path folder;

    private Path slots;
    private Path bundle;

    @BeforeEach
    void running() throws IOException {
        slots = Files.createDirectories(folder.resolve("slots"));
        bundle = folder.resolve("bundle.zip");
        image(slots.resolve("a"), "1.0.0.5");
        Files.writeString(slots.resolve("current"), "a\n");
    }

    private static void image(Path slot, String version) throws IOException {
        Files.createDirectories(slot.resolve("bin"));
        Files.writeString(slot.resolve("bin/controller"), "old");
        Files.writeString(slot.resolve("version"), version + "\n");
    }

    @Test
    void signed_bundle_is_put_into_the_other_slot_and_named_for_its_trial() throws IOException {
        byte[] manifest = signed("1.0.0.6", zip(files("1.0.0.6")));
        assertEquals(SoftwareVersion.parse("1.0.0.6"), slots().install(manifest, bundle));
        assertEquals("b\n", Files.readString(slots.resolve("trial")));
        assertEquals("a", slots().current());
        assertTrue(Files.isExecutable(slots.resolve("b/bin/controller")));
        assertTrue(Files.isExecutable(slots.resolve("b/runtime/bin/java")));
        assertFalse(Files.isExecutable(slots.resolve("b/lib/x.jar")));
        assertEquals("old", Files.readString(slots.resolve("a/bin/controller")));
    }

    @Test
    void update_after_an_update_goes_into_the_first_slot_again() throws IOException {
        slots().install(signed("1.0.0.6", zip(files("1.0.0.6"))), bundle);
        Files.writeString(slots.resolve("current"), "b\n");
        Files.delete(slots.resolve("trial"));
        slots().install(signed("1.0.0.7", zip(files("1.0.0.7"))), bundle);
        assertEquals("a\n", Files.readString(slots.resolve("trial")));
        assertEquals("1.0.0.7", Files.readString(slots.resolve("a/version")));
    }

    @Test
    void older_same_foreign_and_forged_ones_are_refused_and_nothing_changes() throws IOException {
        byte[] file = zip(files("1.0.0.6"));
        assertRefused(UpdateRefusal.NOT_NEWER, signed("1.0.0.5", file));
        assertRefused(UpdateRefusal.NOT_NEWER, signed("0.9.9.9", file));
        assertRefused(UpdateRefusal.FOREIGN, manifest(2, Architecture.AARCH64, "1.0.0.6", file, POLICY));
        assertRefused(UpdateRefusal.ARCHITECTURE, manifest(1, Architecture.ARMV7, "1.0.0.6", file, POLICY));
        Sm2PrivateKey stranger = Sm2PrivateKey.generate(RandomSource.secure());
        assertRefused(UpdateRefusal.SIGNATURE, manifest(1, Architecture.AARCH64, "1.0.0.6", file, stranger));
        byte[] bent = signed("1.0.0.6", file);
        bent[20] ^= 1;
        assertRefused(UpdateRefusal.SIGNATURE, bent);
        assertRefused(UpdateRefusal.MALFORMED, new byte[133]);
        assertRefused(UpdateRefusal.MALFORMED, new byte[0]);
    }

    @Test
    void bundle_that_is_another_one_longer_shorter_or_gone_is_refused() throws IOException {
        byte[] file = zip(files("1.0.0.6"));
        byte[] manifest = signed("1.0.0.6", file);
        file[file.length / 2] ^= 1;
        Files.write(bundle, file);
        assertRefused(UpdateRefusal.BUNDLE, manifest);
        Files.write(bundle, new byte[file.length + 1]);
        assertRefused(UpdateRefusal.BUNDLE, manifest);
        Files.delete(bundle);
        assertRefused(UpdateRefusal.BUNDLE, manifest);
    }

    @Test
    void signed_file_that_is_no_image_is_refused() throws IOException {
        for (Map<String, String> bad : List.of(
                Map.of("version", "1.0.0.6"),
                Map.of("bin/controller", "x"),
                Map.of("../outside", "x", "bin/controller", "x", "version", "1"),
                Map.of("bin/../../outside", "x", "bin/controller", "x", "version", "1"))) {
            byte[] file = zip(bad);
            assertRefused(UpdateRefusal.BUNDLE, signed("1.0.0.6", file));
        }
        assertFalse(Files.exists(slots.resolve("outside")));
        byte[] none = "no archive".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        Files.write(bundle, none);
        assertRefused(UpdateRefusal.BUNDLE, signed("1.0.0.6", none));
    }

    @Test
    void nothing_comes_in_while_another_update_is_tried() throws IOException {
        Files.writeString(slots.resolve("trying"), "b\n");
        byte[] manifest = signed("1.0.0.6", zip(files("1.0.0.6")));
        UpdateRefusedException refused =
                assertThrows(UpdateRefusedException.class, () -> slots().install(manifest, bundle));
        assertEquals(UpdateRefusal.BUSY, refused.reason());
    }

    @Test
    void power_cut_at_every_step_leaves_the_current_slot_and_never_names_half_a_one() throws IOException {
        byte[] manifest = signed("1.0.0.6", zip(files("1.0.0.6")));
        int cuts = 0;
        for (int at = 1; cutAt(at, manifest); at++) {
            cuts++;
            assertEquals("a", slots().current());
            assertEquals("old", Files.readString(slots.resolve("a/bin/controller")));
            if (Files.exists(slots.resolve("trial"))) {
                assertTrue(Files.isExecutable(slots.resolve("b/bin/controller")), "cut " + at);
                assertEquals("1.0.0.6", Files.readString(slots.resolve("b/version")));
            }
        }
        assertTrue(cuts >= 5, cuts + " cuts");
        assertEquals("b\n", Files.readString(slots.resolve("trial")));
    }

    private boolean cutAt(int at, byte[] manifest) {
        int[] step = {0};
        try {
            slots().interruptedBy(() -> {
                        step[0]++;
                        if (step[0] == at) {
                            throw new IllegalStateException("cut");
                        }
                    })
                    .install(manifest, bundle);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    @Test
    void what_an_interrupted_unpacking_left_is_no_hindrance() throws IOException {
        image(slots.resolve("b.part"), "rubbish");
        image(slots.resolve("b"), "0.9.0.0");
        slots().install(signed("1.0.0.6", zip(files("1.0.0.6"))), bundle);
        assertEquals("1.0.0.6", Files.readString(slots.resolve("b/version")));
        assertFalse(Files.exists(slots.resolve("b.part")));
    }

    @Test
    void launcher_hands_over_the_bundle_with_the_manifest_beside_it_and_hears_of_health() throws IOException {
        assertTrue(Launcher.of(Map.of()).isEmpty());
        Launcher launcher =
                Launcher.of(Map.of(Launcher.SLOTS, slots.toString())).orElseThrow();
        assertTrue(launcher.rolledBack().isEmpty());
        Files.writeString(slots.resolve("rolled-back"), "1.0.0.6 not healthy within 120 s\n");
        assertEquals("1.0.0.6 not healthy within 120 s", launcher.rolledBack().orElseThrow());
        launcher.healthy();
        assertTrue(Files.exists(slots.resolve("healthy")));
    }

    private UpdateSlots slots() {
        return new UpdateSlots(slots, HERE, Architecture.AARCH64, POLICY.publicKey());
    }

    private void assertRefused(UpdateRefusal reason, byte[] manifest) {
        UpdateRefusedException refused =
                assertThrows(UpdateRefusedException.class, () -> slots().install(manifest, bundle));
        assertEquals(reason, refused.reason());
        assertFalse(Files.exists(slots.resolve("trial")));
        assertFalse(Files.exists(slots.resolve("b")));
        assertEquals("a", slots().current());
    }

    private static Map<String, String> files(String version) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("bin/controller", "new");
        files.put("runtime/bin/java", "java");
        files.put("lib/x.jar", "jar");
        files.put("version", version);
        return files;
    }

    private byte[] zip(Map<String, String> files) throws IOException {
        try (OutputStream out = Files.newOutputStream(bundle);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
        }
        return Files.readAllBytes(bundle);
    }

    private static byte[] signed(String version, byte[] file) {
        return manifest(1, Architecture.AARCH64, version, file, POLICY);
    }

    private static byte[] manifest(
            int community, Architecture architecture, String version, byte[] file, Sm2PrivateKey key) {
        return UpdateManifest.sign(
                        new CommunityId(community),
                        architecture,
                        SoftwareVersion.parse(version),
                        file.length,
                        Hash.of(Sm3.hash(file)),
                        1_795_262_400L,
                        key.publicKey(),
                        message -> Sm2.sign(key, message, RandomSource.secure()))
                .encode();
    }
}
