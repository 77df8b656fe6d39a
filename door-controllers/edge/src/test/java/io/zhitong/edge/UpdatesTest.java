package io.zhitong.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.accessmodel.CommandRefusal;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.UpdateManifest.Architecture;
import io.zhitong.accessmodel.UpdateOrder;
import io.zhitong.link.CommandAnswer;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm2PrivateKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Updates that the backend orders, up to what the launcher finds. */
class UpdatesTest {

    private static final Sm2PrivateKey POLICY = Sm2PrivateKey.generate(RandomSource.secure());
    private static final int MIB = 1 << 20;

    @TempDir
    private Path folder;

    private final Health health = new Health();
    private final Deque<Runnable> installing = new ArrayDeque<>();
    private Path slots;

    @BeforeEach
    void running() throws IOException {
        slots = folder.resolve("slots");
        Files.createDirectories(slots.resolve("a/bin"));
        Files.writeString(slots.resolve("a/bin/controller"), "old");
        Files.writeString(slots.resolve("a/version"), "1.0.0.5\n");
        Files.writeString(slots.resolve("current"), "a\n");
    }

    /** As after a start of the program. */
    private Updates updates() {
        UpdateSlots own = new UpdateSlots(slots, new CommunityId(1), Architecture.AARCH64, POLICY.publicKey());
        return new Updates(folder.resolve("data"), own, health, installing::add);
    }

    private static UpdateOrder order(String version, byte[] file) {
        return Bundles.order(Architecture.AARCH64, version, file, POLICY);
    }

    private static CommandAnswer told(Updates updates, UpdateOrder order) {
        return told(updates, order.encode());
    }

    private static CommandAnswer told(Updates updates, byte[] args) {
        List<CommandAnswer> answers = new ArrayList<>();
        updates.carryOut(Bundles.command(args), answers::add);
        assertEquals(1, answers.size());
        return answers.get(0);
    }

    private void installAll() {
        while (!installing.isEmpty()) {
            installing.remove().run();
        }
    }

    @Test
    void ordered_update_is_fetched_checked_and_waits_for_its_trial() throws IOException {
        byte[] file = Bundles.zip("1.0.0.6", 50_000);
        Updates updates = updates();
        assertTrue(updates.wanted().isEmpty());
        assertEquals(
                CommandAnswer.Stage.EXECUTED,
                told(updates, order("1.0.0.6", file)).stage());
        assertEquals(file.length, updates.wanted().orElseThrow().size());
        assertTrue(Bundles.bring(updates, file, Long.MAX_VALUE));
        assertFalse(Files.exists(slots.resolve("trial")), "not on the link's thread");
        assertEquals(CommandRefusal.BUSY, told(updates, order("1.0.0.6", file)).refusal(), "while it is unpacked");
        installAll();
        assertEquals("b\n", Files.readString(slots.resolve("trial")));
        assertEquals("1.0.0.6", Files.readString(slots.resolve("b/version")));
        assertTrue(health.healthy());
        assertFalse(Files.exists(folder.resolve("data/update/bundle.part")));
        assertTrue(updates().wanted().isEmpty(), "nothing is left for the next start");
    }

    @Test
    void power_cut_while_fetching_costs_a_mebibyte_at_most_and_no_new_order() throws IOException {
        byte[] file = Bundles.zip("1.0.0.6", 3 * MIB);
        Updates before = updates();
        told(before, order("1.0.0.6", file));
        assertFalse(Bundles.bring(before, file, 2 * MIB + 300_000));
        Updates after = updates();
        assertEquals(2L * MIB, after.wanted().orElseThrow().from());
        assertTrue(Bundles.bring(after, file, Long.MAX_VALUE));
        installAll();
        assertEquals("b\n", Files.readString(slots.resolve("trial")));
    }

    @Test
    void order_repeated_while_fetching_goes_on_and_another_one_begins_anew() {
        byte[] file = Bundles.zip("1.0.0.6", 200_000);
        UpdateOrder order = order("1.0.0.6", file);
        Updates updates = updates();
        told(updates, order);
        Bundles.bring(updates, file, 100_000);
        assertEquals(CommandAnswer.Stage.EXECUTED, told(updates, order).stage());
        assertEquals(100_000, updates.wanted().orElseThrow().from());
        byte[] next = Bundles.zip("1.0.0.7", 1_000);
        var old = updates.wanted().orElseThrow();
        told(updates, order("1.0.0.7", next));
        assertEquals(0, updates.wanted().orElseThrow().from());
        updates.append(old, 100_000, new byte[10]);
        assertEquals(0, updates.wanted().orElseThrow().from(), "a late part of the old one");
    }

    @Test
    void older_same_foreign_forged_and_malformed_orders_are_refused_with_the_reason_and_nothing_is_fetched() {
        byte[] file = Bundles.zip("1.0.0.4", 100);
        Updates updates = updates();
        UpdateOrder old = order("1.0.0.4", file);
        assertRefused("版本不高于现有", told(updates, old));
        assertRefused(
                "版本不高于现有", told(updates, new UpdateOrder(order("1.0.0.5", file).manifest(), true)));
        assertRefused("处理器架构不符", told(updates, Bundles.order(Architecture.ARMV7, "1.0.0.6", file, POLICY)));
        Sm2PrivateKey stranger = Sm2PrivateKey.generate(RandomSource.secure());
        assertRefused("签名错误", told(updates, Bundles.order(Architecture.AARCH64, "1.0.0.6", file, stranger)));
        byte[] bent = order("1.0.0.6", file).encode();
        bent[30] ^= 1;
        assertRefused("签名错误", told(updates, bent));
        byte[] flags = order("1.0.0.6", file).encode();
        flags[UpdateOrder.LENGTH - 1] = 2;
        for (byte[] bad : List.of(new byte[0], new byte[134], new byte[133], flags)) {
            assertEquals(CommandRefusal.MALFORMED, told(updates, bad).refusal());
        }
        assertTrue(updates.wanted().isEmpty());
        assertEquals(
                CommandAnswer.Stage.EXECUTED,
                told(updates, new UpdateOrder(old.manifest(), true)).stage());
    }

    private static void assertRefused(String detail, CommandAnswer answer) {
        assertEquals(CommandRefusal.FAILED, answer.refusal());
        assertEquals(detail, answer.detail());
    }

    @Test
    void while_another_one_is_tried_an_order_finds_the_device_busy() throws IOException {
        Files.writeString(slots.resolve("trying"), "b\n");
        assertEquals(
                CommandRefusal.BUSY,
                told(updates(), order("1.0.0.6", Bundles.zip("1.0.0.6", 10))).refusal());
    }

    @Test
    void bundle_that_is_another_one_is_not_installed_and_the_heartbeat_says_so() {
        byte[] file = Bundles.zip("1.0.0.6", 10_000);
        Updates updates = updates();
        told(updates, order("1.0.0.6", file));
        byte[] other = Arrays.copyOf(file, file.length);
        other[file.length / 2] ^= 1;
        Bundles.bring(updates, other, Long.MAX_VALUE);
        installAll();
        assertFalse(Files.exists(slots.resolve("trial")));
        assertTrue(
                health.faults().get(0).startsWith("update: 1.0.0.6 "),
                health.faults().toString());
        told(updates, order("1.0.0.6", file));
        assertEquals(0, updates.wanted().orElseThrow().from(), "the wrong bytes are gone");
        Bundles.bring(updates, file, Long.MAX_VALUE);
        installAll();
        assertTrue(Files.exists(slots.resolve("trial")));
        assertTrue(health.healthy());
    }

    @Test
    void damaged_order_on_the_disk_is_forgotten() throws IOException {
        Files.createDirectories(folder.resolve("data/update"));
        for (String text : List.of("", "zz", "00", "x".repeat(268))) {
            Files.writeString(folder.resolve("data/update/order"), text);
            assertTrue(updates().wanted().isEmpty());
        }
    }

    @Test
    void what_did_not_stay_is_told_by_the_one_before_and_not_by_the_same_version_tried_anew() throws IOException {
        Launcher launcher =
                Launcher.of(Map.of(Launcher.SLOTS, slots.toString())).orElseThrow();
        Files.writeString(slots.resolve("rolled-back"), "1.0.0.6 ended by itself\n");
        assertEquals("1.0.0.6 ended by itself", launcher.rolledBack("1.0.0.5").orElseThrow());
        assertTrue(launcher.rolledBack("1.0.0.60").isPresent());
        assertTrue(launcher.rolledBack("1.0.0.6").isEmpty());
    }

    @Test
    void version_and_architecture_of_an_image_are_what_the_backend_is_told() throws IOException {
        assertEquals(
                "1.0.0.5", Launcher.software(slots.resolve("a")).orElseThrow().split(" ")[0]);
        assertTrue(Launcher.software(slots).isEmpty());
        Files.writeString(slots.resolve("a/version"), "newest");
        assertTrue(Launcher.software(slots.resolve("a")).isEmpty());
    }
}
