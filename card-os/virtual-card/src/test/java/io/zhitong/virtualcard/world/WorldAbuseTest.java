package io.zhitong.virtualcard.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cardspec.ReaderFrame;
import io.zhitong.cardspec.ReaderFrame.Op;
import io.zhitong.cardspec.ReaderFrame.Status;
import io.zhitong.smcrypto.Hex;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The card world against clients that break off, talk nonsense, fight for a card or tear it at every operation. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class WorldAbuseTest {
    private static final String CREATE = "80E00015072800 04F0F0FF00".replace(" ", "");
    private static final String LAY = "{\"card\":\"c\",\"reader\":\"desk\"}";

    @TempDir
    private Path directory;

    private CardWorldServer server;
    private WorldClient hands;

    @BeforeEach
    void start() throws IOException {
        server = serve("desk", "door-1");
        hands = new WorldClient(server.port());
        hands.ok(Op.NEW, "{\"name\":\"c\",\"profile\":\"blank\"}");
    }

    private CardWorldServer serve(String... readers) throws IOException {
        return new CardWorldServer(
                new CardWorldServer.Settings(directory, 0, Optional.empty(), List.of(readers), Optional.empty()),
                InstantSource.system());
    }

    @AfterEach
    void stop() throws IOException {
        hands.close();
        server.close();
    }

    @Test
    void random_frames_are_answered_or_end_their_own_connection_and_move_no_card() throws IOException {
        hands.ok(Op.INSERT, LAY);
        String before = hands.ok(Op.LIST, "");
        Random random = new Random(21);
        int answered = 0;
        for (int i = 0; i < 40; i++) {
            try (WorldClient client = new WorldClient(server.port())) {
                for (int k = 0; k < 10; k++) {
                    byte[] body = new byte[random.nextInt(40)];
                    random.nextBytes(body);
                    int op = random.nextInt(5) == 0 ? random.nextInt(256) : random.nextInt(0x18);
                    ReaderFrame answer = client.send(new ReaderFrame(op == 0x06 ? 0x07 : op, body));
                    assertTrue((answer.op() & 0x80) != 0);
                    assertNotEquals(Status.FAILED, answer.status());
                    answered++;
                }
            }
        }
        assertEquals(400, answered);
        assertEquals(before, hands.ok(Op.LIST, ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "0005", "000504", "ffff04", "0000", "00010400"})
    void connection_that_breaks_off_inside_a_frame_costs_nobody_else(String raw) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(Hex.parse(raw));
            socket.shutdownOutput();
            socket.setSoTimeout(10_000);
            socket.getInputStream().readAllBytes();
        }
        hands.ok(Op.LIST, "");
    }

    @ParameterizedTest(name = "{0} before an attachment: {1}")
    @CsvSource({
        "STATUS, NO_READER",
        "POWER_ON, NO_READER",
        "APDU, NO_READER",
        "POWER_OFF, NO_READER",
        "RELAYS, OK",
        "LIST, OK"
    })
    void requests_of_a_reader_need_an_attachment(Op op, Status status) throws IOException {
        assertEquals(status, hands.status(op, ""));
    }

    @ParameterizedTest
    @EnumSource(
            value = Op.class,
            names = {"NEW", "INSERT", "REMOVE", "RELAY", "TEAR"})
    void wrong_types_in_json_are_bad_requests(Op op) throws IOException {
        for (String body : List.of(
                "null",
                "1",
                "\"x\"",
                "[{}]",
                "{\"name\":null,\"profile\":null,\"card\":[],\"reader\":{},\"device\":\"1\",\"point\":true}",
                "{\"card\":\"c\",\"reader\":7,\"device\":1e400,\"point\":1,\"pulseMillis\":1,\"name\":{}}",
                "{\"device\":4294967296,\"point\":1,\"pulseMillis\":1,\"reader\":7,\"operation\":1000001}",
                "{\"device\":1,\"point\":65536,\"pulseMillis\":1,\"card\":\"c\"}",
                "{".repeat(5000))) {
            Status status = hands.status(op, body);
            assertEquals(Status.BAD_REQUEST, status, op + " " + body);
        }
        assertEquals("[]", hands.ok(Op.RELAYS, ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".x", "a/b", "a\\\\b", "a b", "a\\u0000", "a\\n", "", "x.x/../../y"})
    void names_that_could_leave_the_directory_are_refused(String name) throws IOException {
        assertEquals(Status.BAD_REQUEST, hands.status(Op.NEW, "{\"name\":\"" + name + "\",\"profile\":\"blank\"}"));
        assertEquals(
                Status.BAD_REQUEST,
                hands.status(Op.NEW, "{\"name\":\"" + "n".repeat(41) + "\",\"profile\":\"blank\"}"));
        try (var files = Files.walk(directory)) {
            assertEquals(1, files.filter(f -> f.toString().endsWith(".card")).count());
        }
    }

    @Test
    void card_torn_at_every_operation_is_as_before_or_after_and_answers_again() throws IOException {
        hands.ok(Op.INSERT, LAY);
        int left = 0;
        boolean made = false;
        for (int operation = 1; !made; operation++) {
            assertTrue(operation < 500, "the command ends");
            hands.ok(Op.TEAR, "{\"reader\":\"desk\",\"operation\":" + operation + "}");
            try (WorldClient terminal = new WorldClient(server.port()).on("desk")) {
                Status status = terminal.apduFrame(CREATE).status();
                assertTrue(status == Status.OK || status == Status.CARD_LEFT, status.toString());
                left += status == Status.CARD_LEFT ? 1 : 0;
                String found = terminal.on("desk").apdu("00B0950000");
                made = found.equals("000000009000");
                assertTrue(made || found.equals("6A82"), found);
                assertTrue(made || status == Status.CARD_LEFT, "an answered command was done");
            }
        }
        assertTrue(left > 3, "torn " + left);
    }

    @Test
    void planned_tear_is_forgotten_when_the_card_is_taken_away() throws IOException {
        hands.ok(Op.INSERT, LAY);
        hands.ok(Op.TEAR, "{\"reader\":\"desk\",\"operation\":1}");
        hands.ok(Op.REMOVE, "{\"reader\":\"desk\"}");
        hands.ok(Op.INSERT, LAY);
        try (WorldClient terminal = new WorldClient(server.port()).on("desk")) {
            assertEquals("9000", terminal.apdu(CREATE));
        }
    }

    @Test
    void planned_tear_waits_for_a_command_that_writes_and_is_spent_on_it() throws IOException {
        hands.ok(Op.INSERT, LAY);
        hands.ok(Op.TEAR, "{\"reader\":\"desk\",\"operation\":1}");
        try (WorldClient terminal = new WorldClient(server.port()).on("desk")) {
            assertEquals("6A82", terminal.apdu("00B0950000"));
            assertEquals(Status.CARD_LEFT, terminal.apduFrame(CREATE).status());
            assertEquals("6A82", terminal.on("desk").apdu("00B0950000"));
            assertEquals("9000", terminal.apdu(CREATE));
        }
    }

    @Test
    void card_without_power_answers_nothing_until_it_is_powered_again() throws IOException {
        hands.ok(Op.INSERT, LAY);
        try (WorldClient terminal = new WorldClient(server.port())) {
            terminal.ok(Op.ATTACH, "desk");
            assertEquals(Status.CARD_LEFT, terminal.apduFrame("00A40000").status());
            terminal.on("desk").apdu(CREATE);
            terminal.ok(Op.POWER_OFF, "");
            terminal.ok(Op.POWER_OFF, "");
            assertEquals(Status.CARD_LEFT, terminal.apduFrame("00B0950000").status());
            assertEquals("000000009000", terminal.on("desk").apdu("00B0950000"));
        }
    }

    @Test
    void attachment_to_another_reader_lets_go_of_the_first_card() throws IOException {
        hands.ok(Op.INSERT, LAY);
        try (WorldClient terminal = new WorldClient(server.port()).on("desk")) {
            terminal.apdu(CREATE);
            terminal.ok(Op.ATTACH, "door-1");
            assertEquals(Status.CARD_LEFT, terminal.apduFrame("00B0950000").status());
            assertEquals(Status.NO_CARD, terminal.status(Op.POWER_ON, ""));
            assertEquals(Status.NO_READER, terminal.status(Op.ATTACH, "door-2"));
        }
    }

    @Test
    void clients_that_fight_for_one_card_never_mix_their_sessions() throws Exception {
        hands.ok(Op.INSERT, LAY);
        try (WorldClient terminal = new WorldClient(server.port()).on("desk")) {
            terminal.apdu(CREATE);
            terminal.apdu("80E00016072800 04F0F0FF00".replace(" ", ""));
        }
        AtomicInteger wrong = new AtomicInteger();
        AtomicInteger good = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(4);
        for (int n = 0; n < 4; n++) {
            String select = "00A4000002" + (n % 2 == 0 ? "0015" : "0016");
            String pattern = n % 2 == 0 ? "A1A1A1A1" : "B2B2B2B2";
            Thread thread = new Thread(
                    () -> {
                        for (int i = 0; i < 15; i++) {
                            fight(select, pattern, good, wrong);
                        }
                        done.countDown();
                    },
                    "fighter-" + n);
            thread.setDaemon(true);
            thread.start();
        }
        assertTrue(done.await(40, TimeUnit.SECONDS));
        assertEquals(0, wrong.get());
        assertTrue(good.get() > 0);
        try (WorldClient terminal = new WorldClient(server.port()).on("desk")) {
            assertTrue(List.of("A1A1A1A19000", "000000009000").contains(terminal.apdu("00B0950000")));
            assertTrue(List.of("B2B2B2B29000", "000000009000").contains(terminal.apdu("00B0960000")));
        }
    }

    /** Selects a file and writes to "the current file": a mixed session would write into the other's. */
    private void fight(String select, String pattern, AtomicInteger good, AtomicInteger wrong) {
        try (WorldClient terminal = new WorldClient(server.port()).on("desk")) {
            if (terminal.apduFrame(select).status() == Status.OK) {
                ReaderFrame written = terminal.apduFrame("00D6000004" + pattern);
                boolean done = written.status() == Status.OK
                        && Hex.of(written.answerBody()).equals("9000");
                good.addAndGet(done ? 1 : 0);
                wrong.addAndGet(done || written.status() == Status.CARD_LEFT ? 0 : 1);
            }
        } catch (IOException e) {
            wrong.incrementAndGet();
        }
    }

    @Test
    void relay_log_cut_short_by_a_kill_loses_that_line_and_no_other() throws IOException {
        hands.ok(Op.RELAY, "{\"device\":1,\"point\":1,\"pulseMillis\":10}");
        stop();
        Path log = directory.resolve("relays.jsonl");
        byte[] whole = Files.readAllBytes(log);
        for (int cut = 0; cut < whole.length; cut += 7) {
            byte[] torn = new byte[whole.length + cut];
            System.arraycopy(whole, 0, torn, 0, whole.length);
            System.arraycopy(whole, 0, torn, whole.length, cut);
            Files.write(log, torn);
            server = serve("desk");
            hands = new WorldClient(server.port());
            hands.ok(Op.RELAY, "{\"device\":2,\"point\":2,\"pulseMillis\":20}");
            String pulses = hands.ok(Op.RELAYS, "");
            assertEquals(2, pulses.split("\"device\"", -1).length - 1, pulses);
            assertTrue(pulses.contains("{\"device\":2,\"point\":2,"), pulses);
            stop();
        }
        startAgain();
    }

    private void startAgain() throws IOException {
        server = serve("desk", "door-1");
        hands = new WorldClient(server.port());
    }

    @Test
    void relay_pulses_beyond_one_frame_are_answered_by_the_newest() throws IOException {
        stop();
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 3000; i++) {
            many.append("{\"device\":42,\"point\":1,\"pulseMillis\":").append(i).append(",\"at\":1795262400123}\n");
        }
        Files.writeString(directory.resolve("relays.jsonl"), many);
        startAgain();
        String pulses = hands.ok(Op.RELAYS, "");
        assertTrue(pulses.endsWith("\"pulseMillis\":2999,\"at\":1795262400123}]"));
        assertTrue(pulses.startsWith("[{\"device\":42,"));
        assertTrue(pulses.getBytes(StandardCharsets.UTF_8).length < ReaderFrame.MAX_BODY);
        assertTrue(pulses.length() > 40_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"desk\":", "{\"desk\":{\"a\":1}}"})
    void damaged_place_file_stops_the_start_with_its_name(String content) throws IOException {
        stop();
        Files.writeString(directory.resolve("world.json"), content);
        IOException refused = assertThrows(IOException.class, () -> serve("desk"));
        assertTrue(refused.getMessage().contains("world.json"), refused.getMessage());
        Files.delete(directory.resolve("world.json"));
        startAgain();
    }

    @Test
    void places_of_cards_and_readers_that_are_gone_are_forgotten_and_a_card_lies_in_one_place() throws IOException {
        stop();
        Files.writeString(
                directory.resolve("world.json"),
                "{\"desk\":\"nobody\",\"door-1\":\"c\",\"door-9\":\"c\",\"lift\":\"c\"}");
        server = serve("desk", "door-1", "lift");
        hands = new WorldClient(server.port());
        String list = hands.ok(Op.LIST, "");
        assertEquals(1, list.split("\"reader\":", -1).length - 1, list);
        List<Boolean> present = new ArrayList<>();
        for (String reader : List.of("desk", "door-1", "lift")) {
            hands.ok(Op.ATTACH, reader);
            present.add(hands.present());
        }
        assertEquals(List.of(false, true, false), present);
    }

    @Test
    void reader_named_twice_is_refused_at_the_start() {
        WorldFault refused = assertThrows(WorldFault.class, () -> serve("desk", "desk"));
        assertTrue(refused.getMessage().contains("desk"), refused.getMessage());
    }
}
