package io.zhitong.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.CommandOrder;
import io.zhitong.accessmodel.CommandRefusal;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PinHash;
import io.zhitong.accessmodel.PinRecord;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointMode;
import io.zhitong.controller.board.SimulatedBoard;
import io.zhitong.decision.Presented;
import io.zhitong.edge.EdgeClock;
import io.zhitong.edge.Health;
import io.zhitong.edge.Journal;
import io.zhitong.edge.JournalLimits;
import io.zhitong.edge.TombstoneSigner;
import io.zhitong.link.JournalSource;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Doors, loop, watchdog and board together; the witness is the board's own log of edges. */
class SiteTest {

    private static final int CLOSED = 1_000;
    private static final int OPEN = 3_200;

    @TempDir
    private Path folder;

    private final Happened happened = new Happened();
    private Path edges;
    private SimulatedBoard board;

    @BeforeEach
    void plug() throws IOException {
        edges = folder.resolve("edges.log");
        board = SimulatedBoard.open(0, edges);
    }

    @AfterEach
    void unplug() throws IOException {
        board.close();
    }

    @Test
    void button_pressed_at_the_board_releases_the_strike_and_the_board_ends_the_pulse() {
        try (Site site = SiteUnderTest.open(board.port(), happened, happened)) {
            site.start();
            awaits("out 22 1 set");
            board.turn(SiteUnderTest.BUTTON, CLOSED);
            awaits("out 21 1 set");
            awaits("out 21 0 timed");
            assertEquals(1, log().stream().filter("out 21 1 set"::equals).count());
        }
        assertTrue(happened.log().contains("EXIT_REQUESTED @1"), happened::toString);
    }

    @Test
    void card_and_pin_typed_at_the_board_open_the_magnet() {
        Octets salt = Octets.of(new byte[8]);
        TestLists lists = SiteUnderTest.lists();
        byte[] digits = "0849".getBytes(StandardCharsets.US_ASCII);
        lists.put(
                ListKind.PINS,
                List.of(new PinRecord(TestLists.RESIDENT, salt, 1_000, PinHash.of(digits, salt, 1_000))));
        DoorPolicy policy = lists.policy();
        try (Site site = SiteUnderTest.open(policy, board.port(), happened, happened)) {
            Taps garage = site.add(DoorSetup.listed(TestLists.GARAGE));
            site.start();
            awaits("out 22 1 set");
            site.loop().ask(() -> {
                site.doors().at(TestLists.GARAGE).orElseThrow().order(Optional.of(Ordered.of(PointMode.CARD_PIN)));
                return true;
            });
            garage.shown(Shown.of(
                    new Presented.Genuine(TestLists.RESIDENT, AccessMethod.SEALED, CarrierLevel.SEALED_CARD, 1)));
            board.type(2, "0849");
            awaitsWord("ACCESS_GRANTED @2");
            awaits("out 22 0 set");
        }
    }

    @Test
    void pulse_by_order_of_the_siren_in_a_fire_zone_is_refused_by_name_and_the_board_hears_nothing() {
        List<io.zhitong.link.CommandAnswer> answers = new java.util.concurrent.CopyOnWriteArrayList<>();
        try (Site site = SiteUnderTest.open(board.port(), happened, happened)) {
            site.start();
            awaits("out 22 1 set");
            DoorCommands commands = site.commands();
            for (int io : new int[] {SiteUnderTest.SIREN, SiteUnderTest.STRIKE, 99}) {
                site.loop().ask(() -> {
                    commands.carryOut(pulse(io), answers::add);
                    return true;
                });
            }
        }
        assertEquals(
                List.of(CommandRefusal.FIRE_OUTPUT, CommandRefusal.LOCK_OUTPUT, CommandRefusal.UNKNOWN_POINT),
                answers.stream().map(io.zhitong.link.CommandAnswer::refusal).toList());
        assertEquals(
                List.of(),
                log().stream().filter(edge -> edge.startsWith("out 23 1")).toList());
    }

    private static CommandOrder pulse(int terminal) {
        return new CommandOrder(
                new CommunityId(1),
                TestLists.DEVICE,
                new io.zhitong.accessmodel.JournalId(1),
                Octets.of(new byte[16]),
                io.zhitong.accessmodel.CommandKind.RELAY,
                PointId.DEVICE,
                1_000,
                11_000,
                Octets.of(new byte[16]),
                new io.zhitong.accessmodel.PulseOrder(terminal, 1_000).encode(),
                "property",
                "试灯");
    }

    /** Witness of the order: both write into one log. */
    @Test
    void words_come_after_the_relay_for_the_card_and_again_for_its_pin() {
        Octets salt = Octets.of(new byte[8]);
        TestLists lists = SiteUnderTest.lists();
        byte[] digits = "0849".getBytes(StandardCharsets.US_ASCII);
        lists.put(
                ListKind.PINS,
                List.of(new PinRecord(TestLists.RESIDENT, salt, 1_000, PinHash.of(digits, salt, 1_000))));
        DoorPolicy policy = lists.policy();
        List<String> told = new java.util.concurrent.CopyOnWriteArrayList<>();
        DecisionListener words = (point, decision, why) ->
                told.add(io.zhitong.decision.DoorWords.of(decision).chinese() + " @" + point.value() + " after "
                        + happened.log().size());
        try (Site site = SiteUnderTest.open(policy, board.port(), happened, happened, words)) {
            Taps garage = site.add(DoorSetup.listed(TestLists.GARAGE));
            site.start();
            awaits("out 22 1 set");
            Shown card = Shown.of(
                    new Presented.Genuine(TestLists.RESIDENT, AccessMethod.SEALED, CarrierLevel.SEALED_CARD, 1));
            garage.shown(card);
            assertEquals(List.of("请通行 @2 after 1"), told, "the grant was written, and the magnet told, before");
            awaits("out 22 0 set");
            site.loop().ask(() -> {
                site.doors().at(TestLists.GARAGE).orElseThrow().order(Optional.of(Ordered.of(PointMode.CARD_PIN)));
                return true;
            });
            garage.shown(card);
            board.type(2, "1111");
            Soon.holds(() -> told.size() == 3, told::toString);
            assertEquals("请输入密码 @2 after 2", told.get(1));
            assertEquals("密码错误，请重新刷卡再输入 @2 after 3", told.get(2));
        }
    }

    @Test
    void forced_door_sounds_its_siren_until_it_is_closed() {
        try (Site site = SiteUnderTest.open(board.port(), happened, happened)) {
            site.start();
            awaits("out 22 1 set");
            board.turn(SiteUnderTest.CONTACT, OPEN);
            awaits("out 23 1 set");
            board.turn(SiteUnderTest.CONTACT, CLOSED);
            awaits("out 23 0 set");
        }
    }

    @Test
    void fire_at_one_contact_frees_strike_and_magnet_of_its_zone_until_it_is_over() {
        try (Site site = SiteUnderTest.open(board.port(), happened, happened)) {
            site.start();
            awaits("out 22 1 set");
            board.turn(SiteUnderTest.FIRE, CLOSED);
            awaits("out 21 1 set");
            awaits("out 22 0 set");
            board.turn(SiteUnderTest.FIRE, OPEN);
            awaits("out 21 0 set");
            Soon.holds(() -> board.current(SiteUnderTest.MAGNET), this::log);
        }
    }

    @Test
    void loop_that_hangs_lets_the_board_fall_and_is_an_alarm() throws InterruptedException {
        var hang = new java.util.concurrent.CountDownLatch(1);
        try (Site site = SiteUnderTest.open(board.port(), happened, happened)) {
            site.start();
            awaits("out 22 1 set");
            site.loop().post(() -> {
                try {
                    assertTrue(hang.await(20, TimeUnit.SECONDS));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            awaits("out 22 0 fallen");
            assertTrue(happened.log().contains("STALLED @0"), happened::toString);
            hang.countDown();
            awaitsWord("STALL_ENDED @0");
            awaitsWord("BOARD_BACK @0");
            Soon.holds(() -> board.current(SiteUnderTest.MAGNET), this::log);
        }
    }

    @Test
    void killed_controller_leaves_no_door_released_and_no_magnet_holding() throws IOException, InterruptedException {
        Process controller = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        SiteUnderTest.class.getName(),
                        Integer.toString(board.port()))
                .redirectErrorStream(true)
                .redirectOutput(new File(folder.toFile(), "controller.log"))
                .start();
        try {
            awaits("out 22 1 set");
            board.turn(SiteUnderTest.FIRE, CLOSED);
            awaits("out 21 1 set");
            assertTrue(board.current(SiteUnderTest.STRIKE), "held released, not a pulse that would end by itself");
        } finally {
            controller.destroyForcibly();
        }
        assertTrue(controller.waitFor(10, TimeUnit.SECONDS));
        awaits("out 21 0 fallen");
        assertFalse(board.current(SiteUnderTest.MAGNET), "a magnet without current is open");
    }

    @Test
    void alarm_at_an_input_is_on_disk_for_the_link_within_two_seconds() throws IOException {
        EdgeClock clock = new EdgeClock(Clock.systemUTC());
        DeviceAddress address = new DeviceAddress(new CommunityId(1), TestLists.DEVICE);
        TombstoneSigner unsigned = new TombstoneSigner(message -> new byte[64]);
        try (Journal journal =
                Journal.open(folder.resolve("journal.db"), address, clock, JournalLimits.DEFAULT, unsigned)) {
            DoorRecords records = new DeviceRecords(journal, new Health(), record -> {});
            try (Site site = SiteUnderTest.open(board.port(), records, happened)) {
                site.start();
                awaits("out 22 1 set");
                long began = System.nanoTime();
                board.turn(SiteUnderTest.ALARM, CLOSED);
                Soon.holds(() -> seen(journal, EventKind.ALARM_INPUT), () -> "no alarm");
                assertTrue(System.nanoTime() - began < 2_000_000_000L, "GB 50396: alarm to centre within 2 s");
                board.turn(SiteUnderTest.ALARM, OPEN);
                Soon.holds(() -> seen(journal, EventKind.ALARM_INPUT_ENDED), () -> "no end");
            }
            JournalRecord alarm = journal.after(0, 1 << 16).stream()
                    .filter(record -> record.kind() == EventKind.ALARM_INPUT)
                    .findFirst()
                    .orElseThrow();
            assertEquals("000e01", io.zhitong.smcrypto.Hex.of(alarm.body().toByteArray()));
            assertEquals(PointId.DEVICE, alarm.point());
            assertEquals(ClockQuality.UNKNOWN, alarm.quality());
        }
    }

    @Test
    void points_that_only_the_list_knows_are_opened_too() {
        Site site = SiteUnderTest.open(board.port(), happened, happened);
        try (site) {
            site.start();
            assertEquals(2, site.doors().all().size(), "both points of the list, although no file names them");
        }
    }

    private static boolean seen(JournalSource journal, EventKind kind) {
        return journal.after(0, 1 << 16).stream().anyMatch(record -> record.kind() == kind);
    }

    private void awaits(String edge) {
        Soon.holds(() -> log().contains(edge), this::log);
    }

    private void awaitsWord(String word) {
        Soon.holds(() -> happened.log().contains(word), happened::log);
    }

    private List<String> log() {
        try {
            return Files.readAllLines(edges).stream()
                    .map(line -> line.substring(line.indexOf(' ') + 1))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
