package io.zhitong.backend.updates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhitong.accessmodel.CommandKind;
import io.zhitong.accessmodel.CommandOrder;
import io.zhitong.accessmodel.CommandRefusal;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.Hash;
import io.zhitong.accessmodel.UpdateManifest;
import io.zhitong.accessmodel.UpdateManifest.Architecture;
import io.zhitong.accessmodel.UpdateOrder;
import io.zhitong.backend.audit.Actor;
import io.zhitong.backend.audit.TestAudit;
import io.zhitong.backend.devices.TestLaunched;
import io.zhitong.backend.estate.DeviceKind;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.backend.estate.TestEstate;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.FakeClock;
import io.zhitong.backend.testing.TestDatabase;
import io.zhitong.smcrypto.Sm3;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@BothDatabases
final class DeviceUpdatesTest {
    private static final CommunityId ONE = new CommunityId(1);
    private static final Actor UPLOADER = new Actor("property");
    private static final Actor ADMIN = new Actor("admin");
    private static final DeviceId FIRST = new DeviceId(42);
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    private Path folder;

    private final FakeClock clock = new FakeClock("2026-05-01T08:00:00Z");
    private final TestLaunched devices;
    private final UpdateRows rows;
    private final DeviceUpdates updates;
    private final UpdateKeeper keeper;

    DeviceUpdatesTest(TestDatabase database) {
        TestEstate estate = new TestEstate(database);
        estate.demo();
        for (long number = 44; number <= 46; number++) {
            estate.estate().addDevice(new DeviceRow(ONE, new DeviceId(number), DeviceKind.CONTROLLER, "门" + number));
        }
        devices = new TestLaunched(database, clock);
        rows = new UpdateRows(database.jdbc(), clock);
        updates = new DeviceUpdates(
                rows, devices.parts(), devices.states(), devices.vault(), TestAudit.log(database, clock), clock);
        keeper = new UpdateKeeper(rows, updates, devices.commands(), estate.estate(), devices.turns(), clock);
        devices.comes(42, "controller 1.0.0.5 aarch64");
        devices.comes(44, "controller 1.0.0.5 aarch64");
        devices.comes(45, "controller 1.0.0.5 armv7");
        devices.comes(46, "controller 0.1.0");
    }

    private Path bundle(String version) throws IOException {
        Path file = Files.createTempFile(folder, "bundle", ".zip");
        byte[] noise = new byte[150_000];
        new Random(version.hashCode()).nextBytes(noise);
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            put(zip, "bin/controller", "program".getBytes(StandardCharsets.UTF_8));
            put(zip, "version", (version + "\n").getBytes(StandardCharsets.UTF_8));
            put(zip, "lib/noise", noise);
        }
        return file;
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
    }

    private Hash uploaded(String version) throws IOException {
        return updates.upload(ONE, Architecture.AARCH64, bundle(version), UPLOADER);
    }

    private Hash begun(String version) throws IOException {
        Hash bundle = uploaded(version);
        updates.approve(ONE, bundle, List.of(FIRST), false, HOUR, ADMIN);
        keeper.look(ONE);
        return bundle;
    }

    private Update only() {
        return updates.all(ONE).get(0);
    }

    private static void assertRefused(
            UpdateProblem reason, org.assertj.core.api.ThrowableAssert.ThrowingCallable step) {
        assertThatThrownBy(step)
                .isInstanceOfSatisfying(
                        UpdateProblemException.class,
                        e -> assertThat(e.reason()).isEqualTo(reason));
    }

    @Test
    void bundle_says_its_version_itself_and_what_is_none_or_known_is_refused() throws IOException {
        Path file = bundle("1.0.0.6");
        updates.upload(ONE, Architecture.AARCH64, file, UPLOADER);
        assertThat(only().version()).hasToString("1.0.0.6");
        assertThat(only().stage()).isEqualTo(UpdateStage.WAITING);
        assertRefused(UpdateProblem.KNOWN, () -> updates.upload(ONE, Architecture.AARCH64, file, UPLOADER));
        for (String bad : List.of("newest", "1.0.0", "1.0.0.99999")) {
            assertRefused(UpdateProblem.NO_IMAGE, () -> uploaded(bad));
        }
        Path text = Files.writeString(folder.resolve("text"), "no archive");
        assertRefused(UpdateProblem.NO_IMAGE, () -> updates.upload(ONE, Architecture.AARCH64, text, UPLOADER));
    }

    @Test
    void approval_needs_a_second_person_devices_that_can_take_it_and_the_vault() throws IOException {
        Hash bundle = uploaded("1.0.0.6");
        assertRefused(
                UpdateProblem.OWN_UPLOAD, () -> updates.approve(ONE, bundle, List.of(FIRST), false, HOUR, UPLOADER));
        for (List<DeviceId> wrong : List.of(
                List.<DeviceId>of(),
                List.of(new DeviceId(45)),
                List.of(FIRST, new DeviceId(46)),
                List.of(new DeviceId(4711)))) {
            assertRefused(UpdateProblem.NO_DEVICES, () -> updates.approve(ONE, bundle, wrong, false, HOUR, ADMIN));
        }
        devices.vaultAway(true);
        assertRefused(UpdateProblem.VAULT, () -> updates.approve(ONE, bundle, List.of(FIRST), false, HOUR, ADMIN));
        devices.vaultAway(false);
        assertRefused(
                UpdateProblem.GONE,
                () -> updates.approve(new CommunityId(2), bundle, List.of(FIRST), false, HOUR, ADMIN));
        updates.approve(ONE, bundle, List.of(FIRST), false, HOUR, ADMIN);
        UpdateManifest manifest =
                UpdateManifest.decode(only().manifest().orElseThrow().toByteArray());
        assertThat(manifest.signedBy(devices.policyKey())).isTrue();
        assertThat(manifest.bundle()).isEqualTo(bundle);
        assertThat(manifest.community()).isEqualTo(ONE);
        Hash next = uploaded("1.0.0.7");
        assertRefused(UpdateProblem.RUNNING, () -> updates.approve(ONE, next, List.of(FIRST), false, HOUR, ADMIN));
    }

    @Test
    void gateway_reads_a_bundle_only_when_it_is_approved_and_of_that_community() throws IOException {
        Path file = bundle("1.0.0.6");
        Hash bundle = updates.upload(ONE, Architecture.AARCH64, file, UPLOADER);
        assertThat(TestLaunched.read(devices.parts(), ONE, bundle, 0, 65_536)).isEmpty();
        updates.approve(ONE, bundle, List.of(FIRST), false, HOUR, ADMIN);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part = TestLaunched.read(devices.parts(), ONE, bundle, 0, 10_000);
                part.length > 0;
                part = TestLaunched.read(devices.parts(), ONE, bundle, all.size(), 10_000)) {
            all.writeBytes(part);
        }
        assertThat(all.toByteArray()).isEqualTo(Files.readAllBytes(file));
        assertThat(Hash.of(Sm3.hash(all.toByteArray()))).isEqualTo(bundle);
        assertThat(TestLaunched.read(devices.parts(), new CommunityId(2), bundle, 0, 10))
                .isEmpty();
        assertThat(TestLaunched.read(devices.parts(), ONE, bundle, 1L << 40, 10))
                .isEmpty();
    }

    @Test
    void first_devices_have_it_for_an_hour_then_all_others_of_the_architecture_and_then_it_is_done()
            throws IOException {
        Hash bundle = begun("1.0.0.6");
        List<CommandOrder> orders = devices.taken();
        assertThat(orders).hasSize(1);
        assertThat(orders.get(0).kind()).isEqualTo(CommandKind.UPDATE);
        assertThat(orders.get(0).device()).isEqualTo(FIRST);
        UpdateOrder order = UpdateOrder.decode(orders.get(0).args().toByteArray());
        assertThat(order.manifest().bundle()).isEqualTo(bundle);
        assertThat(order.older()).isFalse();
        keeper.look(ONE);
        assertThat(devices.taken()).as("told once").isEmpty();

        devices.comes(42, "controller 1.0.0.6 aarch64");
        clock.advance(Duration.ofMinutes(59));
        keeper.look(ONE);
        assertThat(only().stage()).isEqualTo(UpdateStage.FIRST);
        clock.advance(Duration.ofMinutes(1));
        keeper.look(ONE);
        assertThat(only().stage()).isEqualTo(UpdateStage.REST);
        keeper.look(ONE);
        assertThat(devices.taken()).extracting(CommandOrder::device).containsExactly(new DeviceId(44));
        devices.comes(44, "controller 1.0.0.6 aarch64");
        keeper.look(ONE);
        assertThat(only().stage()).isEqualTo(UpdateStage.DONE);
    }

    @Test
    void it_does_not_go_on_while_a_first_device_is_away_and_tells_it_again_after_ten_minutes() throws IOException {
        begun("1.0.0.6");
        assertThat(devices.taken()).hasSize(1);
        devices.goes(42);
        clock.advance(Duration.ofHours(2));
        keeper.look(ONE);
        assertThat(devices.taken()).isEmpty();
        assertThat(only().stage()).isEqualTo(UpdateStage.FIRST);
        devices.comes(42, "controller 1.0.0.5 aarch64");
        keeper.look(ONE);
        assertThat(devices.taken()).hasSize(1);
    }

    @Test
    void order_that_came_too_late_or_found_the_device_busy_is_given_again() throws IOException {
        begun("1.0.0.6");
        for (CommandRefusal passing :
                List.of(CommandRefusal.BUSY, CommandRefusal.TIME_UNKNOWN, CommandRefusal.WRONG_NONCE)) {
            CommandOrder order = devices.taken().get(0);
            devices.refuses(order, passing, "");
            keeper.look(ONE);
            assertThat(only().stage()).isEqualTo(UpdateStage.FIRST);
            clock.advance(Duration.ofMinutes(10));
            keeper.look(ONE);
        }
        assertThat(devices.taken()).hasSize(1);
    }

    @Test
    void it_stops_when_a_device_refuses_and_says_why() throws IOException {
        begun("1.0.0.6");
        devices.refuses(devices.taken().get(0), CommandRefusal.FAILED, "签名错误");
        keeper.look(ONE);
        assertThat(only().stage()).isEqualTo(UpdateStage.STOPPED);
        assertThat(only().why()).isEqualTo("设备 42：执行失败 签名错误");
        keeper.look(ONE);
        assertThat(devices.taken()).isEmpty();
    }

    @Test
    void it_stops_when_a_device_falls_back_and_another_versions_fault_is_no_reason() throws IOException {
        Hash bundle = begun("1.0.0.6");
        clock.advance(Duration.ofMinutes(3));
        devices.comes(42, "controller 1.0.0.5 aarch64");
        devices.says(42, "reader door-1: gone", "update: 1.0.0.4 ended by itself");
        keeper.look(ONE);
        assertThat(only().stage()).isEqualTo(UpdateStage.FIRST);
        devices.says(42, "update: 1.0.0.6 not healthy within 120 s");
        keeper.look(ONE);
        assertThat(only().stage()).isEqualTo(UpdateStage.STOPPED);
        assertThat(only().why()).contains("设备 42").contains("not healthy within 120 s");
        clock.advance(Duration.ofMinutes(1));
        updates.approve(ONE, bundle, List.of(FIRST), true, Duration.ZERO, ADMIN);
        keeper.look(ONE);
        assertThat(only().stage()).as("the fault is an earlier try's").isEqualTo(UpdateStage.FIRST);
        assertThat(UpdateOrder.decode(devices.taken().get(0).args().toByteArray())
                        .older())
                .isTrue();
    }

    @Test
    void by_hand_it_is_stopped_and_goes_on_only_from_its_first_devices() throws IOException {
        Hash bundle = uploaded("1.0.0.6");
        assertRefused(UpdateProblem.GONE, () -> updates.advance(ONE, bundle, ADMIN));
        assertRefused(UpdateProblem.GONE, () -> updates.stop(ONE, bundle, ADMIN, "x"));
        updates.approve(ONE, bundle, List.of(FIRST), false, Duration.ZERO, ADMIN);
        updates.advance(ONE, bundle, ADMIN);
        assertThat(only().stage()).isEqualTo(UpdateStage.REST);
        updates.stop(ONE, bundle, ADMIN, "x".repeat(300));
        assertThat(only().stage()).isEqualTo(UpdateStage.STOPPED);
        assertThat(only().why()).hasSize(200);
        keeper.look(ONE);
        assertThat(devices.taken()).isEmpty();
    }

    @Test
    void only_what_a_launcher_runs_says_what_it_is() {
        assertThat(RunningSoftware.of("controller 1.0.0.6 aarch64")).isPresent();
        for (String other : List.of(
                "",
                "controller 0.1.0",
                "pos 1.0.0.6 aarch64",
                "controller 1.0.0.6 mips",
                "controller 1.0.0 aarch64",
                "controller 1.0.0.6 aarch64 x")) {
            assertThat(RunningSoftware.of(other)).as(other).isEmpty();
        }
    }
}
