package io.zhitong.edge;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.accessmodel.CommandEvent;
import io.zhitong.accessmodel.CommandKind;
import io.zhitong.accessmodel.CommandOrder;
import io.zhitong.accessmodel.CommandRefusal;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.ListEvent;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PictureTaken;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PresenceRecord;
import io.zhitong.accessmodel.SignedCommand;
import io.zhitong.accessmodel.UpdateManifest.Architecture;
import io.zhitong.accessmodel.UpdateOrder;
import io.zhitong.edge.installer.Browser;
import io.zhitong.link.CommandAnswer;
import io.zhitong.link.DeviceHello;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.machinetls.MachineRole;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm2;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class DeviceProgramTest {

    @TempDir
    Path folder;

    private final Backend backend = new Backend();
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final AtomicReference<Device> device = new AtomicReference<>();
    private final AtomicReference<DeviceProgram> running = new AtomicReference<>();

    @AfterEach
    void stop() {
        backend.close();
    }

    private CompletableFuture<Integer> start(Path config) {
        CompletableFuture<Integer> code = begin(config);
        Poll.until("ready", () -> printed().contains("ready") || code.isDone());
        return code;
    }

    private CompletableFuture<Integer> begin(Path config) {
        return begin(config, Optional.empty());
    }

    private CompletableFuture<Integer> begin(Path config, Optional<Launcher> launcher) {
        DeviceProgram program = new DeviceProgram(
                "tester",
                MachineRole.CONTROLLER,
                started -> {
                    device.set(started);
                    started.onCommand(
                            CommandKind.OPEN,
                            (order, answers) -> answers.accept(CommandAnswer.of(order, CommandAnswer.Stage.EXECUTED)));
                    return () -> {};
                },
                new PrintStream(output, true, StandardCharsets.UTF_8),
                launcher);
        running.set(program);
        return CompletableFuture.supplyAsync(() -> program.run("--config", config.toString()));
    }

    private String printed() {
        return output.toString(StandardCharsets.UTF_8);
    }

    private void stop(CompletableFuture<Integer> code) throws Exception {
        running.get().stop();
        assertEquals(0, code.get(30, TimeUnit.SECONDS));
        output.reset();
    }

    private long count(EventKind kind) {
        return backend.stored.stream().filter(record -> record.kind() == kind).count();
    }

    @Test
    void new_device_enrols_itself_keeps_its_key_private_and_uploads() throws Exception {
        CompletableFuture<Integer> code = start(backend.install(folder, ""));
        Poll.until("started event stored", () -> count(EventKind.DEVICE_STARTED) == 1);
        Path key = folder.resolve("data/device.key");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(key)));
        assertEquals(EventKind.JOURNAL_OPENED, backend.stored.get(0).kind());
        stop(code);
        CompletableFuture<Integer> again = start(folder.resolve("device.yaml"));
        Poll.until("second start stored", () -> count(EventKind.DEVICE_STARTED) == 2);
        takesAPicture();
        stop(again);
        assertEquals(1, count(EventKind.JOURNAL_OPENED));
        assertTrue(Journals.chained(backend.stored));
    }

    /** More than one credit of it, so that the backend has to ask for the rest. */
    private void takesAPicture() {
        byte[] picture = new byte[150_000];
        new Random(7).nextBytes(picture);
        Octets name = device.get().pictures().put(picture, false).orElseThrow();
        byte[] body = new PictureTaken(1, picture.length, name).encode();
        device.get().journal().append(EventKind.PICTURE_TAKEN, new PointId(1), body);
        Poll.until("its record stored", () -> count(EventKind.PICTURE_TAKEN) == 1);
        Poll.until(
                "gone here, the backend has it",
                () -> device.get().pictures().next().isEmpty());
        assertArrayEquals(picture, backend.pictures.get(name));
    }

    @Test
    void device_without_national_algorithms_enrols_and_uploads_by_the_profile_in_its_file() throws Exception {
        try (Backend international = new Backend(MachineProfile.P256)) {
            CompletableFuture<Integer> code = start(international.install(folder, ""));
            Poll.until("events stored", () -> international.stored.size() >= 2);
            // RFC 5480, 2.1.1.1: the object identifier of secp256r1, 1.2.840.10045.3.1.7
            String key = Hex.of(international.asked.get(0).getEncoded());
            assertTrue(key.contains("06082a8648ce3d030107"), key);
            stop(code);
            CompletableFuture<Integer> again = start(folder.resolve("device.yaml"));
            Poll.until("greeted anew with the same certificate", () -> international.served.size() >= 2);
            stop(again);
            assertEquals(1, international.asked.size());
            Path file = folder.resolve("device.yaml");
            Files.writeString(file, Files.readString(file).replace("profile: p256", "profile: sm2"));
            assertEquals(1, begin(file).get(30, TimeUnit.SECONDS), "another profile needs another enrolment");
        }
    }

    @Test
    void door_with_a_damaged_journal_comes_up_with_a_new_one_and_says_so() throws Exception {
        CompletableFuture<Integer> code = start(backend.install(folder, ""));
        Poll.until("started event stored", () -> count(EventKind.DEVICE_STARTED) == 1);
        stop(code);
        Files.writeString(folder.resolve("data/journal.db"), "what the disk made of it, longer than a header");
        CompletableFuture<Integer> again = start(folder.resolve("device.yaml"));
        Poll.until("new journal stored", () -> count(EventKind.JOURNAL_OPENED) == 2);
        assertEquals(
                java.util.List.of("journal.db.damaged-1: damaged, begun anew"),
                device.get().health().faults());
        stop(again);
    }

    @Test
    void what_happens_while_the_backend_is_away_arrives_once_when_it_is_back() throws Exception {
        CompletableFuture<Integer> code = start(backend.install(folder, ""));
        Poll.until("connected", () -> !backend.beats.isEmpty());
        backend.without(() -> {
            for (int i = 0; i < 50; i++) {
                Journals.plain(device.get().journal(), 40);
            }
        });
        Poll.until("all stored", () -> count(EventKind.ACCESS_GRANTED) == 50);
        stop(code);
        assertTrue(Journals.chained(backend.stored));
        assertEquals(50, count(EventKind.ACCESS_GRANTED));
    }

    @Test
    void place_of_the_vaults_audit_is_kept_over_a_restart_and_said_to_a_backend_that_forgot_it() throws Exception {
        Octets newest = KeptCheckpointTest.checkpoint(backend.audit, 4711);
        backend.checkpoint.set(Optional.of(newest));
        CompletableFuture<Integer> code = start(backend.install(folder, ""));
        Path file = folder.resolve("data/audit.checkpoint");
        Poll.until("kept", () -> Files.exists(file));
        stop(code);
        backend.checkpoint.set(Optional.of(KeptCheckpointTest.checkpoint(backend.audit, 300)));
        CompletableFuture<Integer> again = start(folder.resolve("device.yaml"));
        Poll.until("said", () -> backend.said.size() > 1);
        int before = backend.beats.size();
        Poll.until("heartbeats answered", () -> backend.beats.size() > before + 2);
        stop(again);
        assertEquals(List.of(Optional.empty(), Optional.of(newest)), backend.said);
        assertEquals(Optional.of(newest), KeptCheckpointTest.kept(folder.resolve("data"), backend.audit));
    }

    @Test
    void alarm_is_copied_ahead_and_then_stored_in_order() throws Exception {
        CompletableFuture<Integer> code = start(backend.install(folder, ""));
        Poll.until("connected", () -> !backend.beats.isEmpty());
        JournalRecord alarm = device.get().journal().append(EventKind.FORCED_OPEN, Journals.POINT, new byte[3]);
        Poll.until("copy and record", () -> backend.alarms.contains(alarm) && backend.stored.contains(alarm));
        stop(code);
    }

    @Test
    void signed_list_is_installed_journalled_and_there_after_a_restart_without_backend() throws Exception {
        backend.lists.put(ListKind.BLACKLIST, ListStoreTest.list(7, 200));
        List<PresenceRecord> people = List.of(new PresenceRecord(7, 3, 17, PresenceRecord.LIVE));
        backend.lists.put(ListKind.PRESENCE, ListStoreTest.list(ListKind.PRESENCE, 1, people));
        CompletableFuture<Integer> code = start(backend.install(folder, ""));
        Poll.until("installed", () -> count(EventKind.LIST_INSTALLED) == 1);
        Poll.until("both", () -> device.get().lists().held(ListKind.PRESENCE).isPresent());
        assertEquals(1, count(EventKind.LIST_INSTALLED), "where people are fills no journal");
        ListEvent event = backend.stored.stream()
                .filter(record -> record.kind() == EventKind.LIST_INSTALLED)
                .map(record -> ListEvent.decode(record.body().toByteArray()))
                .findFirst()
                .orElseThrow();
        assertEquals(backend.lists.get(ListKind.BLACKLIST).header().root(), event.root());
        stop(code);
        backend.close();
        CompletableFuture<Integer> alone = start(folder.resolve("device.yaml"));
        assertEquals(
                200,
                device.get()
                        .lists()
                        .held(ListKind.BLACKLIST)
                        .orElseThrow()
                        .header()
                        .count());
        stop(alone);
    }

    @Test
    void list_offered_again_at_every_connection_is_refused_every_time_and_noted_once() throws Exception {
        backend.lists.put(ListKind.BLACKLIST, ListStoreTest.list(7, 3));
        CompletableFuture<Integer> code = start(backend.install(folder, ""));
        Poll.until("installed", () -> count(EventKind.LIST_INSTALLED) == 1);
        backend.lists.put(ListKind.BLACKLIST, ListStoreTest.list(6, 3));
        for (int connection = 2; connection <= 3; connection++) {
            backend.without(backend.beats::clear);
            Poll.until("heard after its greeting", () -> !backend.beats.isEmpty());
        }
        backend.lists.put(ListKind.BLACKLIST, ListStoreTest.list(8, 4));
        backend.without(() -> {});
        Poll.until("installed", () -> count(EventKind.LIST_INSTALLED) == 2);
        assertEquals(1, count(EventKind.LIST_REFUSED));
        stop(code);
    }

    @Test
    void command_is_carried_out_journalled_and_its_key_is_spent_even_after_a_restart() throws Exception {
        CompletableFuture<Integer> code = start(backend.install(folder, ""));
        Poll.until("connected", () -> !backend.beats.isEmpty());
        assertEquals(CommandAnswer.Stage.EXECUTED, send(CommandKind.OPEN, 1).stage());
        assertEquals(CommandRefusal.NOT_SUPPORTED, send(CommandKind.UPDATE, 2).refusal());
        assertEquals(CommandRefusal.NOT_SUPPORTED, send(CommandKind.RELAY, 3).refusal());
        CommandAnswer clock = send(CommandKind.CLOCK, 4);
        assertTrue(
                clock.detail().matches("offset -?[0-9]{1,4} ms, step -?[0-9]{1,4} ms, error [0-9]{1,4} ms"),
                clock.detail());
        stop(code);
        int before = backend.beats.size();
        CompletableFuture<Integer> again = start(folder.resolve("device.yaml"));
        Poll.until("connected again", () -> backend.beats.size() > before);
        assertEquals(CommandRefusal.DUPLICATE, send(CommandKind.OPEN, 1).refusal());
        Poll.until("journalled", () -> count(EventKind.COMMAND_EXECUTED) == 2);
        CommandEvent event = backend.stored.stream()
                .filter(record -> record.kind() == EventKind.COMMAND_EXECUTED)
                .map(record -> CommandEvent.decode(record.body().toByteArray()))
                .findFirst()
                .orElseThrow();
        assertEquals("值班员", event.who());
        stop(again);
    }

    @Test
    void ordered_update_comes_over_the_link_into_the_free_slot_while_doors_open() throws Exception {
        Path slots = Files.createDirectories(folder.resolve("slots"));
        Files.createDirectories(slots.resolve("a"));
        Files.writeString(slots.resolve("a/version"), "1.0.0.5\n");
        byte[] file = Bundles.zip("1.0.0.6", 600_000);
        UpdateOrder order = Bundles.order(
                Architecture.named(System.getProperty("os.arch")).orElseThrow(), "1.0.0.6", file, Journals.KEY);
        backend.images.put(order.manifest().bundle(), file);
        CompletableFuture<Integer> code =
                begin(backend.install(folder, ""), Launcher.of(Map.of(Launcher.SLOTS, slots.toString())));
        Poll.until("connected", () -> !backend.beats.isEmpty());
        assertEquals(
                CommandAnswer.Stage.EXECUTED,
                send(CommandKind.UPDATE, 1, order.encode()).stage());
        assertEquals(CommandAnswer.Stage.EXECUTED, send(CommandKind.OPEN, 2).stage());
        Poll.until("waits for its trial", () -> Files.exists(slots.resolve("trial")));
        assertEquals("1.0.0.6", Files.readString(slots.resolve("b/version")));
        assertTrue(Files.exists(slots.resolve("healthy")), "the launcher was told that the backend had answered");
        assertTrue(send(CommandKind.UPDATE, 3, new byte[3]).refusal() == CommandRefusal.MALFORMED);
        stop(code);
    }

    private CommandAnswer send(CommandKind kind, int key) throws Exception {
        return send(kind, key, new byte[0]);
    }

    private CommandAnswer send(CommandKind kind, int key, byte[] args) throws Exception {
        CommandAnswer answer = attempt(kind, key, args);
        while (answer.refusal() == CommandRefusal.TIME_UNKNOWN) {
            answer = attempt(kind, key, args);
        }
        return answer;
    }

    private CommandAnswer attempt(CommandKind kind, int key, byte[] args) throws Exception {
        Poll.until("session", () -> backend.link().session(Backend.DOOR).isPresent());
        DeviceHello hello = backend.link().session(Backend.DOOR).orElseThrow().hello();
        byte[] idempotency = new byte[16];
        idempotency[0] = (byte) key;
        long now = System.currentTimeMillis();
        CommandOrder order = new CommandOrder(
                Backend.DOOR.community(),
                Backend.DOOR.device(),
                hello.journal(),
                hello.nonce(),
                kind,
                new PointId(1),
                now,
                now + 30_000,
                Octets.of(idempotency),
                Octets.of(args),
                "值班员",
                "测试");
        SignedCommand command =
                SignedCommand.sign(order, message -> Sm2.sign(backend.command, message, RandomSource.secure()));
        return backend.link().send(command).executed().get(30, TimeUnit.SECONDS);
    }

    @Test
    void spent_token_ends_the_program_with_one_clear_line() throws Exception {
        Path config = backend.install(folder, "");
        backend.tokens.clear();
        assertEquals(1, start(config).get(30, TimeUnit.SECONDS));
        assertTrue(printed().contains("tester: the device has no certificate"));
        assertFalse(printed().contains("one-time"));
    }

    @Test
    void program_waits_for_its_token_and_stops_cleanly_while_waiting() throws Exception {
        Path config = backend.install(folder, "");
        Files.delete(folder.resolve("token"));
        DeviceProgram program =
                new DeviceProgram("tester", MachineRole.CONTROLLER, started -> () -> {}, new PrintStream(output, true));
        CompletableFuture<Integer> code =
                CompletableFuture.supplyAsync(() -> program.run("--config", config.toString()));
        program.stop();
        assertEquals(0, code.get(30, TimeUnit.SECONDS));
        assertFalse(printed().contains("ready"));
    }

    @Test
    void second_program_on_the_same_folder_is_refused() throws Exception {
        Path config = backend.install(folder, "");
        CompletableFuture<Integer> code = start(config);
        DeviceProgram second =
                new DeviceProgram("second", MachineRole.CONTROLLER, started -> () -> {}, new PrintStream(output, true));
        assertEquals(1, second.run("--config", config.toString()));
        assertTrue(printed().contains("second: another process uses the data folder"));
        stop(code);
    }

    @Test
    void help_version_and_wrong_usage_answer_with_their_codes() {
        assertEquals(
                List.of(0, 0, 2, 2, 1),
                List.of(
                                List.of("--help"),
                                List.of("--version"),
                                List.<String>of(),
                                List.of("--config"),
                                List.of("--config", folder.resolve("none").toString()))
                        .stream()
                        .map(args -> new DeviceProgram(
                                        "tester", MachineRole.POS, started -> () -> {}, new PrintStream(output, true))
                                .run(args.toArray(String[]::new)))
                        .toList());
        assertTrue(printed().contains("usage: tester --config FILE"));
    }

    @Test
    void installer_brings_the_token_by_the_page_and_a_refused_one_leaves_the_device_waiting_for_another()
            throws Exception {
        Path config = backend.install(folder, "installer:\n  address: 127.0.0.1\n  port: 0\n");
        Files.delete(folder.resolve("token"));
        DeviceConfig loaded = DeviceConfig.load(config);
        Files.createDirectories(loaded.data());
        try (ProgramDesk desk = ProgramDesk.open(loaded, "tester")) {
            Browser browser =
                    new Browser(desk.port().orElseThrow(), loaded.data().resolve("installer-code"));
            browser.login();
            browser.post("/enrol", "token", "two words");
            assertFalse(Files.exists(folder.resolve("token")));
            browser.post("/enrol", "token", "unknown");
            CompletableFuture<Integer> code = begin(config);
            Poll.until("asked with the wrong one", () -> backend.refusals.get() > 0);
            browser.post("/enrol", "token", "one-time");
            Poll.until("ready", () -> printed().contains("ready"));
            assertTrue(browser.get("/").body().contains("小区-设备编号") || desk.enrolled());
            stop(code);
        }
    }
}
