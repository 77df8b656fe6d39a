package io.zhitong.virtualcard.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cardspec.ReaderFrame;
import io.zhitong.cardspec.ReaderFrame.Op;
import io.zhitong.cardspec.ReaderFrame.Status;
import io.zhitong.cardspec.ReaderNotice;
import io.zhitong.smcrypto.Hex;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CardWorldServerTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochMilli(1_795_262_400_123L));
    private static final String CREATE = "80E00015072800 04F0F0FF00";

    @TempDir
    private Path directory;

    private CardWorldServer server;
    private WorldClient hands;

    @BeforeEach
    void start() throws IOException {
        Files.writeString(directory.resolve("transport.key"), "00112233445566778899aabbccddeeff\n");
        server = serve();
        hands = new WorldClient(server.port());
    }

    private CardWorldServer serve() throws IOException {
        Optional<Path> key = Optional.of(directory.resolve("transport.key"));
        return new CardWorldServer(
                new CardWorldServer.Settings(directory, 0, Optional.empty(), List.of("desk", "door-1", "车库"), key),
                CLOCK);
    }

    @AfterEach
    void stop() throws IOException {
        hands.close();
        server.close();
    }

    private void lay(String card, String reader) throws IOException {
        hands.ok(Op.INSERT, "{\"card\":\"" + card + "\",\"reader\":\"" + reader + "\"}");
    }

    private void make(String card) throws IOException {
        hands.ok(Op.NEW, "{\"name\":\"" + card + "\",\"profile\":\"blank\"}");
    }

    @Test
    void list_names_readers_cards_and_places() throws IOException {
        make("card-1");
        hands.ok(Op.NEW, "{\"name\":\"卡二\",\"profile\":\"community\"}");
        lay("card-1", "车库");
        assertEquals(
                "{\"readers\":[\"desk\",\"door-1\",\"车库\"],\"cards\":[{\"name\":\"card-1\",\"profile\":\"blank\","
                        + "\"reader\":\"车库\"},{\"name\":\"卡二\",\"profile\":\"community\"}]}",
                hands.ok(Op.LIST, ""));
    }

    @Test
    void command_frames_are_as_documented() throws IOException {
        make("card-1");
        lay("card-1", "desk");
        ReaderFrame attached = hands.send(ReaderFrame.request(Op.ATTACH, "desk"));
        assertEquals("81" + "00", String.format("%02x", attached.op()) + Hex.of(attached.body()));
        ReaderFrame on = hands.send(new ReaderFrame(0x03, new byte[0]));
        assertEquals("83" + "00" + "087877a0025a5401", String.format("%02x", on.op()) + Hex.of(on.body()));
        ReaderFrame answer = hands.send(new ReaderFrame(0x04, Hex.parse("00a4000002ffff")));
        assertEquals("84" + "00" + "6a82", String.format("%02x", answer.op()) + Hex.of(answer.body()));
    }

    @Test
    void card_is_reset_by_power_on_and_lost_when_it_is_taken_away() throws IOException {
        make("card-1");
        lay("card-1", "desk");
        try (WorldClient terminal = new WorldClient(server.port()).on("desk")) {
            assertEquals("9000", terminal.apdu(CREATE));
            hands.ok(Op.REMOVE, "{\"reader\":\"desk\"}");
            assertEquals(Status.CARD_LEFT, terminal.apduFrame("00B0950000").status());
            assertFalse(terminal.present());
            assertEquals(Status.NO_CARD, terminal.status(Op.POWER_ON, ""));
            lay("card-1", "desk");
            assertEquals(Status.CARD_LEFT, terminal.apduFrame("00B0950000").status());
            assertEquals("000000009000", terminal.on("desk").apdu("00B0950000"));
        }
    }

    @Test
    void second_power_up_ends_the_first_session() throws IOException {
        make("card-1");
        lay("card-1", "desk");
        try (WorldClient one = new WorldClient(server.port()).on("desk");
                WorldClient two = new WorldClient(server.port()).on("desk")) {
            assertEquals(Status.CARD_LEFT, one.apduFrame("00A40000").status());
            assertTrue(two.apdu("00A40000").endsWith("9000"));
        }
    }

    @Test
    void card_moves_when_it_is_laid_elsewhere_and_a_full_reader_takes_no_other() throws IOException {
        make("card-1");
        make("card-2");
        lay("card-1", "desk");
        lay("card-1", "door-1");
        lay("card-2", "desk");
        assertEquals(Status.BAD_REQUEST, hands.status(Op.INSERT, "{\"card\":\"card-2\",\"reader\":\"door-1\"}"));
        assertTrue(hands.ok(Op.LIST, "").contains("{\"name\":\"card-2\",\"profile\":\"blank\",\"reader\":\"desk\"}"));
    }

    @Test
    void waiting_ends_when_a_card_comes_and_when_the_time_is_over() throws Exception {
        make("card-1");
        try (WorldClient terminal = new WorldClient(server.port())) {
            terminal.ok(Op.ATTACH, "desk");
            assertFalse(terminal.present());
            byte[] none =
                    terminal.send(new ReaderFrame(0x06, Hex.parse("00000005"))).answerBody();
            assertEquals("00", Hex.of(none));
            CompletableFuture<ReaderFrame> waiting = CompletableFuture.supplyAsync(() -> awaitLong(terminal));
            lay("card-1", "desk");
            assertEquals("01", Hex.of(waiting.get(15, TimeUnit.SECONDS).answerBody()));
        }
    }

    private static ReaderFrame awaitLong(WorldClient terminal) {
        try {
            return terminal.send(new ReaderFrame(0x06, Hex.parse("00003a98")));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void torn_command_loses_the_card_and_leaves_it_as_before() throws IOException {
        make("card-1");
        lay("card-1", "desk");
        hands.ok(Op.TEAR, "{\"reader\":\"desk\",\"operation\":5}");
        try (WorldClient terminal = new WorldClient(server.port()).on("desk")) {
            assertEquals(Status.CARD_LEFT, terminal.apduFrame(CREATE).status());
            assertEquals("6A82", terminal.on("desk").apdu("00B0950000"));
            assertEquals("9000", terminal.apdu(CREATE));
        }
    }

    @Test
    void relay_pulses_are_kept_in_order_and_survive_a_new_start() throws IOException {
        hands.ok(Op.RELAY, "{\"device\":42,\"point\":1,\"pulseMillis\":3000}");
        server.close();
        server = serve();
        hands = new WorldClient(server.port());
        hands.ok(Op.RELAY, "{\"device\":4294967295,\"point\":65535,\"pulseMillis\":0}");
        assertEquals(
                "[{\"device\":42,\"point\":1,\"pulseMillis\":3000,\"at\":1795262400123},"
                        + "{\"device\":4294967295,\"point\":65535,\"pulseMillis\":0,\"at\":1795262400123}]",
                hands.ok(Op.RELAYS, ""));
    }

    @Test
    void what_readers_were_told_is_kept_in_order_and_survives_a_new_start() throws IOException {
        try (WorldClient door = new WorldClient(server.port())) {
            door.ok(Op.ATTACH, "door-1");
            byte[] stop = new ReaderNotice(ReaderNotice.Signal.STOP, "此卡未授权").encode();
            assertEquals("8700" + "07", frame(door.send(ReaderFrame.request(Op.TELL, stop))));
        }
        server.close();
        server = serve();
        hands = new WorldClient(server.port());
        hands.ok(Op.ATTACH, "车库");
        hands.send(ReaderFrame.request(Op.TELL, new ReaderNotice(ReaderNotice.Signal.PASS, "say \"hi\"").encode()));
        assertEquals(
                "[{\"reader\":\"door-1\",\"signal\":\"STOP\",\"text\":\"此卡未授权\",\"at\":1795262400123},"
                        + "{\"reader\":\"车库\",\"signal\":\"PASS\",\"text\":\"say \\\"hi\\\"\",\"at\":1795262400123}]",
                hands.ok(Op.TOLD, ""));
    }

    private static String frame(ReaderFrame answer) {
        return String.format("%02x", answer.op()) + Hex.of(answer.body());
    }

    @Test
    void words_for_no_reader_and_words_that_are_none_are_refused_and_not_kept() throws IOException {
        byte[] fine = new ReaderNotice(ReaderNotice.Signal.PASS, "请通行").encode();
        assertEquals(
                Status.NO_READER, hands.send(ReaderFrame.request(Op.TELL, fine)).status());
        hands.ok(Op.ATTACH, "desk");
        for (String body : List.of("", "00", "0941", "00ff", "000a")) {
            assertEquals(
                    Status.BAD_REQUEST,
                    hands.send(ReaderFrame.request(Op.TELL, Hex.parse(body))).status());
        }
        assertEquals(
                Status.BAD_REQUEST,
                hands.send(ReaderFrame.request(Op.TELL, new byte[122])).status());
        assertEquals("[]", hands.ok(Op.TOLD, ""));
    }

    @Test
    void newest_words_are_answered_when_not_all_fit_into_one_frame() throws IOException {
        hands.ok(Op.ATTACH, "desk");
        byte[] longest = new ReaderNotice(ReaderNotice.Signal.STOP, "门".repeat(40)).encode();
        for (int i = 0; i < 400; i++) {
            hands.send(ReaderFrame.request(Op.TELL, longest));
        }
        hands.send(ReaderFrame.request(Op.TELL, new ReaderNotice(ReaderNotice.Signal.PASS, "last").encode()));
        String told = hands.ok(Op.TOLD, "");
        assertTrue(told.endsWith("\"text\":\"last\",\"at\":1795262400123}]"), "the newest is there");
        assertTrue(told.startsWith("[{"), "whole objects only");
    }

    @Test
    void cards_and_places_survive_a_new_start() throws IOException {
        make("card-1");
        lay("card-1", "door-1");
        try (WorldClient terminal = new WorldClient(server.port()).on("door-1")) {
            terminal.apdu(CREATE);
        }
        server.close();
        server = serve();
        hands = new WorldClient(server.port());
        try (WorldClient terminal = new WorldClient(server.port()).on("door-1")) {
            assertEquals("000000009000", terminal.apdu("00B0950000"));
        }
    }

    @Test
    void bad_requests_are_told_and_change_nothing() throws IOException {
        for (String body : List.of(
                "",
                "[]",
                "{}",
                "{\"name\":1}",
                "{\"name\":\"../x\",\"profile\":\"blank\"}",
                "{\"name\":\"\",\"profile\":\"blank\"}",
                "{\"name\":\"x\",\"profile\":\"gold\"}",
                "{\"name\":\"x\"",
                "\u0000")) {
            assertEquals(Status.BAD_REQUEST, hands.status(Op.NEW, body), body);
        }
        assertEquals(Status.NO_READER, hands.status(Op.ATTACH, "nowhere"));
        assertEquals(Status.NO_READER, hands.status(Op.STATUS, ""));
        assertEquals(Status.NO_READER, hands.status(Op.REMOVE, "{\"reader\":\"nowhere\"}"));
        assertEquals(Status.BAD_REQUEST, hands.status(Op.INSERT, "{\"card\":\"nobody\",\"reader\":\"desk\"}"));
        assertEquals(Status.BAD_REQUEST, hands.status(Op.RELAY, "{\"device\":-1,\"point\":1,\"pulseMillis\":1}"));
        assertEquals(Status.BAD_REQUEST, hands.status(Op.RELAY, "{\"device\":1.5,\"point\":1,\"pulseMillis\":1}"));
        assertEquals(Status.BAD_REQUEST, hands.status(Op.TEAR, "{\"reader\":\"desk\",\"operation\":0}"));
        assertEquals(Status.NO_CARD, hands.status(Op.TEAR, "{\"reader\":\"desk\",\"operation\":1}"));
        assertEquals(
                Status.BAD_REQUEST,
                hands.send(new ReaderFrame(0x77, new byte[0])).status());
        assertEquals("{\"readers\":[\"desk\",\"door-1\",\"车库\"],\"cards\":[]}", hands.ok(Op.LIST, ""));
        assertEquals("[]", hands.ok(Op.RELAYS, ""));
    }

    @Test
    void frame_of_no_length_ends_the_connection_only() throws IOException {
        try (java.net.Socket raw = new java.net.Socket(java.net.InetAddress.getLoopbackAddress(), server.port())) {
            raw.getOutputStream().write(new byte[] {0, 0});
            raw.setSoTimeout(10_000);
            assertEquals(-1, raw.getInputStream().read());
        }
        hands.ok(Op.LIST, "");
    }

    @Test
    void card_of_a_factory_without_transport_key_is_refused() throws IOException {
        Files.delete(directory.resolve("transport.key"));
        assertEquals(Status.FAILED, hands.status(Op.NEW, "{\"name\":\"x\",\"profile\":\"community\"}"));
        make("x");
    }

    @Test
    void damaged_card_file_stops_the_start_with_its_name() throws IOException {
        make("card-1");
        server.close();
        Files.write(directory.resolve("cards/card-1.card"), new byte[100]);
        IOException refused = assertThrows(IOException.class, this::serve);
        assertTrue(refused.getMessage().contains("card-1.card"), refused.getMessage());
        assertFalse(refused instanceof EOFException);
    }
}
