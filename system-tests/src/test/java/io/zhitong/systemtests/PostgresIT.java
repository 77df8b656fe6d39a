package io.zhitong.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.systemtests.Neighbourhood.Gate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The backend's outage once more on the embedded PostgreSQL, which is killed too, and put back to what it was before; and a few
 * simulated controllers beside the real ones.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class PostgresIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int SIMULATED = 5;
    /** The database first: the others are killed on H2 as well. */
    private static final int ROUNDS = Integer.getInteger("zhitong.rounds", 1);
    /** Days for which the till's PSAM is leased at first: too few. */
    private static final int SHORT_LEASE = 10;

    private static final int RENEWED_FOR = 30;
    /** {@code bin/bench alarm-to-wall} wants more. */
    private static final int ALARMS = Integer.getInteger("zhitong.alarms", 5);

    private final FireWires wires = new FireWires();
    private final RunningEstate estate = RunningEstate.prepared("postgres", "pg")
            .with(
                    "ZHITONG_BACKEND_OPTIONS",
                    "--zhitong.demo-fleet=" + SIMULATED + " --zhitong.demo-lease-days=" + SHORT_LEASE)
            .with("ZHITONG_BOARD", wires.panel().address());
    private final Neighbourhood people = movedIn();
    private final Random random = new Random(20_261_122);

    private Neighbourhood movedIn() {
        try {
            estate.start(Role.values());
            wires.putInForce(estate.consoleUrl());
            return Neighbourhood.movedInto(estate, estate.consoleUrl(), 100);
        } catch (RuntimeException | AssertionError e) {
            estate.close();
            throw e;
        }
    }

    @AfterAll
    void stop() {
        people.close();
        wires.close();
    }

    @Test
    void backend_killed_unheard_and_gone_doors_open_and_the_shop_sells_and_all_of_it_arrives_once() {
        Outages.backendKilledUnheardAndGoneForAWhile(people);
    }

    @Test
    @Order(1)
    void simulated_controllers_enrol_by_tokens_take_their_lists_and_everything_they_write_is_acknowledged() {
        Path data = estate.data();
        String zt = RunningEstate.root().resolve("bin/zt").toString();
        Path report = data.resolve("fleet.json");
        Shell.Result run = Shell.run(
                Duration.ofSeconds(60),
                zt,
                "fleet",
                "--server=127.0.0.1:" + estate.linkPort(),
                "--authority=" + data.resolve("vault/ca.pem"),
                "--tokens=" + data.resolve("backend/demo/fleet.token"),
                "--data=" + data.resolve("fleet"),
                "--controllers=" + SIMULATED,
                "--seconds=2",
                "--taps=40",
                "--faults=cut,kill",
                "--report=" + report);
        assertEquals(0, run.exitCode(), run.text());
        assertTrue(run.text().contains("0 unacknowledged"), run.text());
        String told = Files.exists(report) ? read(report) : "";
        assertTrue(told.contains("\"held\": true") && told.contains("\"credentials\": 1"), told);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @Order(2)
    void killed_at_any_moment_on_postgresql_nothing_is_lost_and_nothing_doubles() {
        for (int round = 0; round < ROUNDS; round++) {
            if (people.balance() < 3_000) {
                people.load(100);
            }
            people.awaitBothUp();
            CompletableFuture<Void> day = CompletableFuture.runAsync(() -> {
                people.tap(Gate.SEALED);
                people.sell(1 + random.nextInt(200));
                people.tap(Gate.FAST);
            });
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(1_500)));
            switch (round % 3) {
                case 0 -> killDatabase();
                case 1 -> restart(Role.BACKEND);
                default -> {
                    estate.kill(Role.CONTROLLER);
                    people.controllerKilled();
                    estate.start(Role.CONTROLLER);
                }
            }
            day.join();
            people.assertEverythingArrivedOnce();
        }
    }

    /** Its backend goes on without it for a moment, and then goes too. */
    private void killDatabase() {
        ProcessHandle database = estate.database();
        database.destroyForcibly();
        database.onExit().orTimeout(10, TimeUnit.SECONDS).join();
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(500)));
        restart(Role.BACKEND);
    }

    private void restart(Role role) {
        estate.kill(role);
        estate.start(role);
    }

    @Test
    @Order(3)
    void put_back_to_its_backup_it_has_every_event_and_payment_again_and_the_doors_take_its_next_list() {
        Path database = estate.data().resolve("backend/pg");
        Path backup = estate.data().resolve("backup");
        people.sell(90);
        people.assertEverythingArrivedOnce();
        estate.stop(Role.BACKEND);
        copy(database, backup);
        estate.start(Role.BACKEND);
        people.awaitBothUp();
        people.reportLost();
        people.reportFound();
        people.sell(30);
        people.tap(Gate.FAST);
        people.assertEverythingArrivedOnce();

        estate.stop(Role.BACKEND);
        Shell.run(SOON, "rm", "-r", database.toString()).succeeded();
        copy(backup, database);
        estate.start(Role.BACKEND);
        people.lookAnew();
        people.awaitBothUp();
        people.assertEverythingArrivedOnce();
        people.reportLost();
        people.reportFound();
        people.assertEverythingArrivedOnce();
    }

    private static void copy(Path from, Path to) {
        Shell.run(SOON, "cp", "-a", from.toString(), to.toString()).succeeded();
    }

    /** Challenge of the PSAM, MAC of the vault, both as commands over the link; the PSAM's own lease is the witness. */
    @Test
    @Order(6)
    void lease_that_ends_too_soon_is_renewed_over_the_link_and_the_till_sells_by_it() {
        LocalDate today = LocalDate.now(ZoneId.of("Asia/Shanghai"));
        Set<String> wanted = Set.of(last(today.plusDays(RENEWED_FOR)), last(today.plusDays(RENEWED_FOR + 1)));
        Await.until(
                () -> "renewed: " + tillStatus(),
                Duration.ofSeconds(60),
                () -> wanted.stream().anyMatch(tillStatus()::contains));
        assertTrue(tillStatus().contains(" lease good "), tillStatus());
        people.sell(70);
        people.assertEverythingArrivedOnce();
    }

    private static String last(LocalDate day) {
        return " last " + day.format(DateTimeFormatter.BASIC_ISO_DATE);
    }

    private String tillStatus() {
        try (Till till = new Till(estate.till())) {
            till.say("status");
            return till.hear();
        }
    }

    /** The whole way: input, door loop, journal, link, store, stream. GB 50396: at most 2 s. */
    @Test
    @Order(4)
    void alarm_at_an_input_of_the_controller_is_on_the_live_wall_within_two_seconds() throws IOException {
        people.awaitBothUp();
        AlarmToWall measured = AlarmToWall.measure(wires.panel(), people.wall(), ALARMS);
        Files.writeString(Folders.fresh("figures").resolve("alarm-to-wall.txt"), measured.line() + "\n");
        assertTrue(measured.held(), measured.line());
        String alarms = Console.of(estate.consoleUrl(), "property").get("/alarms");
        assertTrue(alarms.contains("输入报警"), alarms);
    }

    @Test
    @Order(5)
    void fire_drill_passes_when_both_doors_opened_and_fails_by_the_name_of_the_one_that_did_not() {
        people.awaitBothUp();
        FireDrill drill = new FireDrill(people, wires.panel());
        drill.passesByTheContact();
        drill.failsByOrderWhereADoorIsJammed();
        people.assertEverythingArrivedOnce();
    }

    /** After the outage: the file holds what they sold, and the merchant's money stands in its header. */
    @Test
    @Order(Integer.MAX_VALUE)
    void the_days_file_holds_every_sale_and_openssl_accepts_its_signature() throws IOException {
        people.sell(50);
        people.assertEverythingArrivedOnce();
        Path folder = Folders.fresh("settlement");
        String name = people.settleToday(folder);
        String header = Files.readAllLines(folder.resolve(name)).get(0);
        assertTrue(header.contains("|" + people.sales() + "|" + people.sold() + "|"), header);
        Shell.Result openssl = Shell.run(
                Duration.ofSeconds(10),
                Map.of(),
                folder,
                "openssl",
                "dgst",
                "-sm3",
                "-sigopt",
                "distid:1234567812345678",
                "-verify",
                "settlement.pem",
                "-signature",
                name + ".sig",
                name);
        assertEquals("Verified OK", openssl.succeeded().text().strip());
        String zt = RunningEstate.root().resolve("bin/zt").toString();
        Shell.run(Duration.ofSeconds(20), Map.of(), folder, zt, "settle", "verify", name)
                .succeeded();
        Files.writeString(
                folder.resolve(name), Files.readString(folder.resolve(name)).replaceFirst("\\|777\\|", "|778|"));
        Shell.Result changed = Shell.run(Duration.ofSeconds(20), Map.of(), folder, zt, "settle", "verify", name);
        assertEquals(1, changed.exitCode(), changed.text());
        assertTrue(changed.text().contains("expected 777, found 778"), changed.text());
    }
}
