package io.zhitong.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.systemtests.Neighbourhood.Gate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Programs that end, are killed, and cables that are cut, while people tap and buy: nothing is lost and nothing doubles. One
 * estate and one log for all of it; after every test the whole log is held against building, card and console.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class ResilienceIT {
    private static final Duration TEN = Duration.ofSeconds(10);
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration LATE = Duration.ofSeconds(5);
    /** For how long the backend's orders are good, docs/link.md. */
    private static final Duration GOOD_FOR = Duration.ofSeconds(10);
    /** One of each kind, if not more. */
    private static final int ROUNDS = Integer.getInteger("zhitong.rounds", 3);
    /** DEBIT FOR PURCHASE, as docs/card.md gives it. */
    private static final byte[] DEBIT = HexFormat.of().parseHex("805401000F");
    /** INIT SAM FOR PURCHASE, as docs/card.md gives it. */
    private static final byte[] INIT_SAM = HexFormat.of().parseHex("80700000");

    private final RunningEstate estate = RunningEstate.prepared("resilience", "h2");
    private final DoorCamera camera = new DoorCamera(estate.data().resolve("camera"));
    private final Neighbourhood people = movedIn();
    private final Random random = new Random(20_261_121);

    private Neighbourhood movedIn() {
        try {
            estate.with("ZHITONG_CAMERA", camera.source()).start(Role.values());
            return Neighbourhood.movedInto(estate, estate.consoleUrl(), 500);
        } catch (RuntimeException | AssertionError e) {
            estate.close();
            throw e;
        }
    }

    @AfterAll
    void stop() {
        people.close();
    }

    @BeforeEach
    void awaitBoth() {
        people.awaitBothUp();
    }

    /** A test that failed half-way leaves the next one an estate that runs. */
    @AfterEach
    void mend() {
        List.of(estate.link(), estate.driver()).forEach(cable -> {
            cable.late(Duration.ZERO);
            cable.resume();
            cable.accept();
        });
        Arrays.stream(Role.values()).filter(role -> !estate.alive(role)).forEach(estate::start);
    }

    @Test
    void backend_killed_unheard_and_gone_doors_open_and_the_shop_sells_and_all_of_it_arrives_once() {
        Outages.backendKilledUnheardAndGoneForAWhile(people);
    }

    @Test
    void a_pulled_cable_is_on_the_wall_within_ten_seconds_and_gone_when_it_is_plugged_in() {
        estate.link().hold();
        Await.until(
                "the wall says that both are cut",
                TEN,
                () -> !people.wall().saysUp(Neighbourhood.CONTROLLER)
                        && !people.wall().saysUp(Neighbourhood.POS));
        people.tap(Gate.SEALED);
        people.sell(150);
        estate.link().resume();
        people.awaitBothUp();
        people.assertEverythingArrivedOnce();
    }

    /** And the guard sees who came with it. */
    @Test
    void card_lost_while_the_controller_was_cut_off_opens_by_the_old_list_and_is_refused_when_it_is_back() {
        estate.link().refuse();
        people.reportLostUnheard();
        people.tap(Gate.SEALED);
        estate.link().accept();
        people.refused();
        camera.looks();
        people.refused();
        camera.isShown(Console.of(estate.consoleUrl(), "property"));
        people.reportFound();
        people.assertEverythingArrivedOnce();
    }

    /** Five seconds each way: a heartbeat is answered after ten, so that neither side has patience for it. */
    @Test
    void over_a_line_five_seconds_late_an_order_runs_once_in_its_time_and_taps_and_sales_arrive_once() {
        estate.link().late(LATE);
        long before = people.pulses(Gate.SEALED);
        long executed = people.wall().count("指令已执行", "1号楼大门");
        long ordered = System.nanoTime();
        CompletableFuture<String> operator = CompletableFuture.supplyAsync(this::opened);
        people.tap(Gate.FAST);
        people.sell(160);
        people.openedRemotely(Gate.SEALED);
        Duration took = Duration.ofNanos(System.nanoTime() - ordered);
        assertTrue(took.compareTo(LATE) >= 0 && took.compareTo(GOOD_FOR) < 0, "after " + took);
        String told = operator.join();
        assertTrue(told.contains("尚未应答") || told.contains("结果以事件为准"), "nobody claims to know: " + told);
        estate.link().late(Duration.ZERO);
        people.awaitBothUp();
        Await.until("its event", SOON, () -> people.wall().count("指令已执行", "1号楼大门") == executed + 1);
        people.assertEverythingArrivedOnce();
        assertEquals(before + 1, people.pulses(Gate.SEALED), "once");
    }

    private String opened() {
        Console guard = Console.of(estate.consoleUrl(), "property");
        guard.get("/wall");
        return guard.post("/wall/open", Map.of("device", "42", "point", "1", "why", "访客"));
    }

    @Test
    void controller_killed_before_it_heard_the_acknowledgement_sends_again_and_it_counts_once() {
        long before = people.passages(Gate.SEALED);
        estate.link().holdAnswers();
        people.tap(Gate.SEALED);
        Await.until("stored and on the wall", SOON, () -> people.passages(Gate.SEALED) == before + 1);
        estate.kill(Role.CONTROLLER);
        estate.link().reconnect();
        estate.start(Role.CONTROLLER);
        people.tap(Gate.FAST);
        people.assertEverythingArrivedOnce();
    }

    @Test
    void controller_killed_before_anything_left_it_still_hands_over_what_it_wrote() {
        estate.link().hold();
        people.tap(Gate.SEALED);
        people.tap(Gate.FAST);
        estate.kill(Role.CONTROLLER);
        estate.link().reconnect();
        estate.start(Role.CONTROLLER);
        people.assertEverythingArrivedOnce();
    }

    @Test
    void pos_killed_before_it_heard_the_acknowledgement_sends_again_and_it_counts_once() {
        estate.link().holdAnswers();
        people.sell(480);
        Await.until("stored and on the wall", SOON, () -> people.wall().shows("消费", "¥4.80"));
        estate.kill(Role.POS);
        estate.link().reconnect();
        estate.start(Role.POS);
        people.sell(520);
        people.assertEverythingArrivedOnce();
    }

    @Test
    void pos_killed_before_the_psam_gave_its_number_takes_no_money_and_the_next_sale_has_that_number()
            throws InterruptedException {
        assertEquals(0, killedAt(INIT_SAM, 599, true), "the card was not debited");
        people.sell(130);
        people.assertEverythingArrivedOnce();
    }

    @Test
    void pos_killed_before_the_debit_reached_the_card_takes_no_money() throws InterruptedException {
        assertEquals(0, killedAt(DEBIT, 611, true), "the card was not debited");
        people.sell(100);
        people.assertEverythingArrivedOnce();
    }

    @Test
    void pos_killed_after_the_debit_gets_the_proof_when_the_card_comes_again() throws InterruptedException {
        assertEquals(622, killedAt(DEBIT, 622, false), "the card was debited");
        people.foundPaid(622);
        people.sell(100);
        people.assertEverythingArrivedOnce();
    }

    /** Kills the POS with that command on its way to card or PSAM, or the answer on its way back; what the card lacks now. */
    private long killedAt(byte[] command, long fen, boolean before) throws InterruptedException {
        CountDownLatch reached = estate.driver().holdAt(command, before);
        CompletableFuture<String> cashier = CompletableFuture.supplyAsync(() -> people.trySell(fen));
        assertTrue(reached.await(10, TimeUnit.SECONDS), "the sale did not come to the command");
        estate.kill(Role.POS);
        estate.driver().reconnect();
        assertEquals("ended", cashier.join());
        estate.start(Role.POS);
        return people.debitedUnsaid();
    }

    /**
     * The controller dies with a passage that nobody has heard of; another takes its place by the installer's page. Then the dead
     * one is switched on again, on a table: its readers and relays are the new one's.
     */
    @Test
    void a_dead_controller_is_replaced_by_another_and_is_refused_when_it_comes_alive() throws IOException {
        people.tap(Gate.SEALED);
        people.assertEverythingArrivedOnce();
        estate.link().hold();
        people.tap(Gate.SEALED);
        people.lostWithItsJournal(Gate.SEALED);
        estate.kill(Role.CONTROLLER);
        estate.link().reconnect();
        Path own = estate.data().resolve("controller");
        Path dead = estate.data().resolve("controller-dead");
        Files.move(own, dead);

        Console admin = Console.of(estate.consoleUrl(), "admin");
        Await.until("the wall says that it is cut", SOON, () -> !people.wall().saysUp(Neighbourhood.CONTROLLER));
        admin.get("/devices/42");
        String token = Console.find(
                        admin.post("/devices/42/token", Map.of("replacement", "true")),
                        "id=\"token\"[^>]*value=\"([^\"]+)\"")
                .orElseThrow(() -> new AssertionError("no token"));
        estate.with("ZHITONG_INSTALLER_PORT", Integer.toString(estate.installerPort()));
        estate.launch(Role.CONTROLLER);
        Await.until("the page is up", SOON, () -> Files.exists(own.resolve("installer-code")));
        new InstallersPage(estate.installerPort(), own.resolve("installer-code")).enrol(token);
        estate.awaitReady(Role.CONTROLLER);
        people.awaitBothUp();
        Await.until(
                "it has all its lists",
                SOON,
                () -> admin.get("/sync").contains("data-device=\"42\" data-proved=\"true\""));
        people.tap(Gate.SEALED);
        people.tap(Gate.FAST);
        people.assertEverythingArrivedOnce();
        assertTrue(
                admin.get("/gaps?device=42").contains("<tr data-device=\"42\" data-reached="),
                "the end of the old journal is on the page");

        Process revenant = onTheTable(dead);
        try {
            Await.until("it is refused", SOON, () -> estate.log(Role.BACKEND).contains("reason=REVOKED"));
            people.tap(Gate.SEALED);
            people.assertEverythingArrivedOnce();
            assertTrue(revenant.isAlive(), "it goes on alone");
            assertTrue(people.wall().saysUp(Neighbourhood.CONTROLLER), "the new one is up");
        } finally {
            revenant.destroyForcibly();
        }
    }

    /** Runs a controller with what lies in its folder, and nothing at its readers' port. */
    private Process onTheTable(Path folder) throws IOException {
        Path config = folder.resolve("controller.yaml");
        Files.writeString(config, Files.readString(config).replaceAll("driver: .*", "driver: 127.0.0.1:1"));
        return new ProcessBuilder(
                        RunningEstate.root().resolve("bin/controller").toString(), "--config", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    @Test
    void killed_at_any_moment_nothing_is_lost_and_nothing_doubles() {
        for (int round = 0; round < ROUNDS; round++) {
            if (people.balance() < 5_000) {
                people.load(500);
            }
            switch (round % 3) {
                case 0 -> killPosInASale();
                case 1 -> killControllerAtATap();
                default -> killBackendInBetween();
            }
            people.assertEverythingArrivedOnce();
        }
    }

    private void killPosInASale() {
        long fen = 1 + random.nextInt(200);
        CompletableFuture<String> cashier = CompletableFuture.supplyAsync(() -> people.trySell(fen));
        pause(random.nextInt(300));
        estate.kill(Role.POS);
        boolean said = cashier.join().startsWith("paid ");
        estate.start(Role.POS);
        long unsaid = people.debitedUnsaid();
        assertTrue(unsaid == 0 || unsaid == fen && !said, "of " + fen + " fen " + unsaid + " left the card unsaid");
        if (unsaid == fen) {
            people.foundPaid(fen);
        }
        people.sell(10);
    }

    private void killControllerAtATap() {
        Gate gate = random.nextBoolean() ? Gate.SEALED : Gate.FAST;
        CompletableFuture<Void> tap = CompletableFuture.runAsync(() -> people.tap(gate));
        pause(random.nextInt(300));
        estate.kill(Role.CONTROLLER);
        people.controllerKilled();
        estate.start(Role.CONTROLLER);
        tap.join();
    }

    private void killBackendInBetween() {
        CompletableFuture<Void> day = CompletableFuture.runAsync(() -> {
            people.tap(Gate.SEALED);
            people.sell(1 + random.nextInt(200));
            people.tap(Gate.FAST);
        });
        pause(random.nextInt(1_000));
        estate.kill(Role.BACKEND);
        estate.start(Role.BACKEND);
        day.join();
    }

    /** Last, because the vault's folder does not open it any more. */
    @Test
    @Order(Integer.MAX_VALUE)
    void sealed_after_a_restart_lists_and_sales_go_on_the_queue_is_visible_and_drains_when_custodians_came()
            throws IOException {
        if (people.balance() < 5_000) {
            people.load(500);
        }
        SealedNight.untilCustodiansCame(people);
    }

    private static void pause(long millis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }
}
