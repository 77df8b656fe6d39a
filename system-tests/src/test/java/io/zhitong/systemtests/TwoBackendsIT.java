package io.zhitong.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.backend.foundation.database.EmbeddedServer;
import io.zhitong.systemtests.Neighbourhood.Gate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Two backends, A and B, on one PostgreSQL: devices, consoles and work are either one's. Judged by the relays of the simulated
 * building, by the money in the card, and by what the consoles show.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class TwoBackendsIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    /** Refusal "made for another connection", docs/link.md. */
    private static final String WRONG_NONCE = "5";
    /** How often a backend is killed. */
    private static final int ROUNDS = Integer.getInteger("zhitong.rounds", 1);

    private final EmbeddedServer database = database();
    private final RunningEstate a = RunningEstate.prepared("two-backends", "pg");
    private final SecondBackend b = started();
    private final Neighbourhood people = Neighbourhood.movedInto(a, b.consoleUrl(), 300);
    private final Wall wallOfA = new Wall(a.consoleUrl());
    private final Random random = new Random(20_261_122);

    private static EmbeddedServer database() {
        Path home = Folders.fresh("two-backends-database");
        Folders.databaseProgram(home);
        return EmbeddedServer.start(home);
    }

    private SecondBackend started() {
        a.with("ZHITONG_BACKEND_OPTIONS", "--zhitong.database.url=" + database.url());
        a.start(Role.VAULT);
        a.launch(Role.CARDWORLD);
        a.launch(Role.BACKEND);
        Await.until(
                "A has its certificate",
                Duration.ofSeconds(90),
                () -> Files.exists(a.data().resolve("backend/tls/backend.pem")));
        // The vault gives a token to one backend at a time.
        a.stop(Role.VAULT);
        a.with("ZHITONG_VAULT_OPTIONS", "--new-backend-token").start(Role.VAULT);
        SecondBackend second = new SecondBackend(a.data().resolve("vault"), a.consolePort() + 3, database.url());
        a.with("ZHITONG_BACKENDS", second.address());
        a.launch(Role.CONTROLLER);
        a.awaitReady(Role.BACKEND);
        a.awaitReady(Role.CARDWORLD);
        a.awaitReady(Role.CONTROLLER);
        second.awaitReady();
        // The controller enrolled at A; the till brings A's token to B.
        a.enrolment().refuse();
        a.start(Role.POS);
        a.enrolment().accept();
        return second;
    }

    @AfterAll
    void stop() {
        wallOfA.close();
        people.close();
        b.close();
        database.close();
    }

    /** A test that failed half-way leaves the next one two backends that run. */
    @BeforeEach
    void mend() {
        a.link().accept();
        b.link().accept();
        if (!a.alive(Role.BACKEND)) {
            a.start(Role.BACKEND);
        }
        people.awaitBothUp();
    }

    @Test
    void a_command_at_a_console_opens_a_door_that_the_other_backend_holds_and_each_wall_shows_both_backends_events() {
        devicesGoTo(b.link(), a.link());
        String answer = open(a.consoleUrl(), "访客");
        assertTrue(answer.contains("已开门"), answer);
        people.openedRemotely(Gate.SEALED);
        people.tap(Gate.FAST);
        people.sell(120);
        Await.until("A's wall shows what came to B", SOON, () -> wallOfA.shows("消费", "¥1.20"));
        devicesGoTo(a.link(), b.link());
        people.tap(Gate.SEALED);
        people.sell(130);
        Await.until("B's wall shows what came to A", SOON, () -> people.wall().shows("消费", "¥1.30"));
        assertTrue(open(b.consoleUrl(), "快递").contains("已开门"));
        people.openedRemotely(Gate.SEALED);
        people.assertEverythingArrivedOnce();
    }

    /** A is held up, not dead: it still believes to hold the door when it goes on. */
    @Test
    void an_order_for_an_old_connection_never_runs_though_its_gateway_wakes_up_with_it() throws IOException {
        devicesGoTo(a.link(), b.link());
        b.link().accept();
        long before = people.pulses(Gate.SEALED);
        signal("STOP");
        try {
            CompletableFuture<String> operator = CompletableFuture.supplyAsync(() -> open(b.consoleUrl(), "访客"));
            Await.until(
                    "laid down",
                    SOON,
                    () -> sql("select count(*) from device_command where fate is null")
                            .equals("1"));
            awaitDevicesAt(b.consoleUrl());
            assertFalse(operator.join().contains("已开门"));
        } finally {
            signal("CONT");
        }
        Await.until("A runs again", SOON, () -> RunningEstate.listening(a.consolePort()));
        assertTrue(open(b.consoleUrl(), "住户").contains("已开门"));
        people.openedRemotely(Gate.SEALED);
        assertEquals(before + 1, people.pulses(Gate.SEALED), "only the second order moved the relay");
        assertEquals("1", sql("select count(*) from device_command where fate in ('VOID', 'EXPIRED')"));
        people.assertEverythingArrivedOnce();
    }

    @Test
    void a_log_in_at_one_console_is_good_at_the_other_and_wrong_ones_count_at_both() {
        Console operator = Console.of(a.consoleUrl(), "property");
        Console same = operator.at(b.consoleUrl());
        assertTrue(same.get("/wall").contains("/wall/open"), "logged in there too");
        assertTrue(same.post("/wall/open", Map.of("device", "42", "point", "1", "why", " "))
                .contains("40"));
        for (int i = 0; i < 5; i++) {
            assertTrue(Console.refused(i % 2 == 0 ? a.consoleUrl() : b.consoleUrl(), "nobody")
                    .contains("wrong"));
        }
        assertTrue(Console.refused(a.consoleUrl(), "nobody").contains("blocked"));
        assertTrue(Console.refused(b.consoleUrl(), "nobody").contains("blocked"));
    }

    /** Last, because A does not come back in a short round. */
    @Test
    @Order(Integer.MAX_VALUE)
    void a_backend_killed_loses_its_devices_to_the_other_within_thirty_seconds_and_nothing_is_lost() {
        devicesGoTo(a.link(), b.link());
        a.link().holdAnswers();
        people.tap(Gate.SEALED);
        people.sell(510);
        Await.until("stored, though no device knows", SOON, () -> people.wall().shows("消费", "¥5.10"));
        b.link().accept();
        String unheard = orderedUnheardAtA();
        long killed = System.nanoTime();
        a.kill(Role.BACKEND);
        a.link().refuse();
        a.link().resume();
        people.tap(Gate.FAST);
        people.sell(520);
        awaitDevicesAt(b.consoleUrl());
        long seconds = Duration.ofNanos(System.nanoTime() - killed).toSeconds();
        assertTrue(seconds <= 30, "after " + seconds + " s");
        assertTrue(open(b.consoleUrl(), "保洁").contains("已开门"));
        people.openedRemotely(Gate.SEALED);
        people.assertEverythingArrivedOnce();
        sentAgainByBItIsRefused(unheard);
        for (int round = 1; round < ROUNDS; round++) {
            mend();
            killedAtAnyMoment(round % 2 == 0);
        }
    }

    /** An order that left A and is on the line: its number. */
    private String orderedUnheardAtA() {
        CompletableFuture<String> operator =
                CompletableFuture.supplyAsync(() -> open(a.consoleUrl(), "维修")).exceptionally(gone -> "");
        String which = "select max(cast(id as varchar)) from device_command where why = '维修' and fate = 'SENT'";
        String number = Await.value(() -> "A has sent it", SOON, () -> Optional.ofNullable(sql(which)));
        assertFalse(operator.isDone(), "nobody has answered it");
        return number;
    }

    /** The very bytes that A signed, on the connection that B holds now, by B's own gateway: as if its epoch were the present one. */
    private void sentAgainByBItIsRefused(String number) {
        long before = people.pulses(Gate.SEALED);
        sql("insert into command_outbox (community_id, id, device_number, gateway, epoch, expires_at)"
                + " select 1, cast('" + number + "' as uuid), 42, gateway, epoch, now() + interval '1 minute'"
                + " from device_lease where device_number = 42 and closed is null returning 1");
        Await.until(
                "the door says that it was made for another connection",
                SOON,
                () -> WRONG_NONCE.equals(
                        sql("select refusal from device_command where id = cast('" + number + "' as uuid)")));
        assertEquals(before, people.pulses(Gate.SEALED), "no order of an old epoch moves a relay");
    }

    private void killedAtAnyMoment(boolean first) {
        CompletableFuture<Void> day = CompletableFuture.runAsync(() -> {
            people.tap(Gate.SEALED);
            people.sell(1 + random.nextInt(200));
            people.tap(Gate.FAST);
        });
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(1_000)));
        if (first) {
            a.kill(Role.BACKEND);
        } else {
            b.kill();
        }
        day.join();
        if (!first) {
            b.startAgain();
        }
        people.assertEverythingArrivedOnce();
    }

    /** Both devices leave one backend for the other. */
    private void devicesGoTo(Cable to, Cable from) {
        to.accept();
        from.refuse();
        awaitDevicesAt(to == a.link() ? a.consoleUrl() : b.consoleUrl());
    }

    private void awaitDevicesAt(String console) {
        String port = console.substring(console.lastIndexOf(':'));
        Await.until(
                "both devices at " + console,
                SOON,
                () -> sql("select count(*) from device_lease l join backend_process p on p.id = l.gateway"
                                + " where l.closed is null and p.name like '%" + port + "'")
                        .equals("2"));
        people.awaitBothUp();
    }

    private String sql(String query) {
        try (Connection connection = DriverManager.getConnection(database.url(), EmbeddedServer.OWNER, "");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getString(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static String open(String console, String why) {
        Console property = Console.of(console, "property");
        property.get("/wall");
        return property.post("/wall/open", Map.of("device", "42", "point", "1", "why", why));
    }

    private void signal(String name) throws IOException {
        Shell.run(
                        Duration.ofSeconds(5),
                        Map.of(),
                        RunningEstate.root(),
                        "kill",
                        "-" + name,
                        Long.toString(a.processOf(Role.BACKEND)))
                .succeeded();
    }
}
